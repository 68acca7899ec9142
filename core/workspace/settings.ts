import { z } from "zod";
import { LoyaltySettings } from "../loyalty/settings";
import { MessagingSettings } from "../message/settings";
import { PublishingSettings } from "../policy/approval";
import { Holdout } from "../policy/holdout";
import { DemoSettings } from "./demo-settings";

/** What a workspace decides for itself; each part has its defaults, so an empty document is whole. */
export const WorkspaceSettings = z.strictObject({
  loyalty: LoyaltySettings.optional(),
  messaging: MessagingSettings.optional(),
  demo: DemoSettings.optional(),
  /** Kept out of every journey. */ holdout: Holdout.optional(),
  publishing: PublishingSettings.optional(),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

/** A zone of the IANA database, as Intl knows them. */
export const TimeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { error: "should be a time zone like Asia/Shanghai" },
);
