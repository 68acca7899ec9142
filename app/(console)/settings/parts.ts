import type { Permission } from "@/services/access/may";
import type { IconName } from "../../_ui/icons";

type Part = { key: string; href: string; icon: IconName; group: "workspace" | "messages" | "people"; may?: Permission };

/** The parts of the settings, each with an address of its own, in the order of the side list. The key is also its text in `settings.parts`. */
export const parts = [
  { key: "workspace", href: "/settings", icon: "settings", group: "workspace" },
  { key: "points", href: "/settings/points", icon: "points", group: "workspace" },
  { key: "holdout", href: "/settings/holdout", icon: "split", group: "workspace" },
  { key: "publishing", href: "/settings/publishing", icon: "check", group: "workspace" },
  { key: "sending", href: "/settings/sending", icon: "send", group: "messages", may: "message.read" },
  { key: "quiet", href: "/settings/quiet-hours", icon: "clock", group: "messages", may: "message.read" },
  { key: "caps", href: "/settings/caps", icon: "messages", group: "messages", may: "message.read" },
  { key: "channels", href: "/settings/channels", icon: "email", group: "messages", may: "message.read" },
  { key: "team", href: "/settings/team", icon: "members", group: "people", may: "person.read" },
  { key: "you", href: "/settings/you", icon: "member", group: "people" },
] as const satisfies Part[];

/** What also is a setting, and has a page of its own elsewhere. */
export const elsewhere = [
  { key: "keys", href: "/integrations", icon: "integrations" },
  { key: "places", href: "/stores", icon: "store" },
] as const satisfies { key: string; href: string; icon: IconName }[];
