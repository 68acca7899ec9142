import type { ChannelKind, Purpose } from "../message/channel";
import type { MessagingSettings } from "../message/settings";
import type { Refusal } from "../refusals";
import { type Capped, type Counted, capUntil } from "./caps";
import { complaintUntil } from "./complaint";
import { quietUntil } from "./quiet-hours";

/** A message that wants to leave. Instants in epoch milliseconds, cost in minor units. */
export type Asking = {
  channel: ChannelKind;
  purpose: Purpose;
  category: string | null;
  /** The message's own choice for quiet hours; null = the workspace's. */
  quiet: "hold" | "drop" | null;
  expiresAt: number;
  /** Why it was held before, if it was. */
  heldFor: Refusal | null;
  cost: number;
};

/** What is known of its member, and what is left of the budgets, when it asks. */
export type Circumstances = {
  hasAddress: boolean;
  isSuppressed: boolean;
  /** What the member said of this channel and purpose; undefined = nothing. */
  consent: boolean | undefined;
  /** Whether a tag that is nobody's business leads to this member: it is named in the journey, and the member has it. */
  isSensitive: boolean;
  /** The ends of the member's complaints; null = still open. */
  complaints: readonly (number | null)[];
  zone: string;
  counted: readonly Counted[];
  ahead: readonly Capped[];
  /** Minor units that the tightest budget still allows; null = there is none. */
  left: number | null;
};

export type Verdict = { is: "pass" } | { is: "hold"; until: number; reason: Refusal } | { is: "skip"; reason: Refusal };

/**
 * The gate of every send. Service messages need an address that is not barred and no refusal of theirs; everything else is asked of promotions
 * only. What can pass later, within the message's time, is held; what cannot is skipped, with the reason.
 */
export function judge(message: Asking, of: Circumstances, settings: MessagingSettings, now: number): Verdict {
  if (message.expiresAt <= now) return { is: "skip", reason: message.heldFor ?? "expired" };
  if (!of.hasAddress) return { is: "skip", reason: "no_address" };
  if (of.isSuppressed) return { is: "skip", reason: "suppressed" };
  if (message.purpose === "service")
    return of.consent === false ? { is: "skip", reason: "no_consent" } : { is: "pass" };
  if (of.consent !== true) return { is: "skip", reason: "no_consent" };
  if (of.isSensitive) return { is: "skip", reason: "sensitive_tag" };
  const complaint = complaintUntil(of.complaints, now);
  if (complaint !== null) return held(message, complaint, "complaint_pause");
  const quiet = settings.quietHours && quietUntil(settings.quietHours, now, of.zone);
  if (quiet !== null)
    return (message.quiet ?? settings.quietHours?.choice) === "drop"
      ? { is: "skip", reason: "quiet_hours" }
      : held(message, quiet, "quiet_hours");
  const cap = capUntil(settings, message, of.counted, of.ahead, now);
  // To the end of its time, because one that counts now may yet turn out not to have left.
  if (cap !== null) return { is: "hold", until: Math.min(cap, message.expiresAt), reason: "frequency_cap" };
  if (of.left !== null && message.cost > of.left) return { is: "skip", reason: "over_budget" };
  return { is: "pass" };
}

const held = ({ expiresAt }: Asking, until: number, reason: Refusal): Verdict =>
  until < expiresAt ? { is: "hold", until, reason } : { is: "skip", reason };
