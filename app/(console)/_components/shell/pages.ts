import type { IconName } from "../../../_ui/icons";

/** Every page of the console, in the order of the sidebar. The key is also its text in `nav`. */
export const pages = [
  { key: "home", href: "/", icon: "home", group: "top" },
  { key: "journeys", href: "/journeys", icon: "journey", group: "engage" },
  { key: "members", href: "/members", icon: "members", group: "engage" },
  { key: "segments", href: "/segments", icon: "segment", group: "engage" },
  { key: "offers", href: "/offers", icon: "offer", group: "engage" },
  { key: "tasks", href: "/tasks", icon: "task", group: "engage" },
  { key: "messages", href: "/messages", icon: "messages", group: "observe" },
  { key: "runs", href: "/runs", icon: "runs", group: "observe" },
  { key: "events", href: "/events", icon: "events", group: "observe" },
  { key: "audit", href: "/audit", icon: "audit", group: "observe" },
  { key: "stores", href: "/stores", icon: "store", group: "connect" },
  { key: "sandbox", href: "/sandbox", icon: "sandbox", group: "connect" },
  { key: "integrations", href: "/integrations", icon: "integrations", group: "connect" },
  { key: "settings", href: "/settings", icon: "settings", group: "connect" },
] as const satisfies { key: string; href: string; icon: IconName; group: "top" | "engage" | "observe" | "connect" }[];
