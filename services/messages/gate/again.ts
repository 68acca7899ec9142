import type { MemberId, WorkspaceId } from "@/core/ids";
import { CHANNELS, type ChannelKind, type Purpose } from "@/core/message/channel";
import { judge, type Verdict } from "@/core/policy/gate";
import { zoneOfMember } from "@/core/time/zone-of";
import type { Tx } from "@/platform/db";
import { readConditions } from "./conditions";
import { readGates } from "./facts";

/** What the gate would stop a message for that goes again now. */
export const STOPS = ["barred", "no_address", "no_consent", "complaint_pause", "quiet_hours", "not_live"] as const;
export const WAITS = ["complaint_pause", "quiet_hours"] as const;
export type Again = {
  id: string;
  member: MemberId;
  channel: ChannelKind;
  purpose: Purpose;
  category: string | null;
  quiet: "hold" | "drop" | null;
  journeyState: string | null;
  /** The member's own. */
  timeZone: string | null;
  /** Of the store they joined at. */
  storeZone: string | null;
  /** Milliseconds from its queueing to its end. */
  life: number;
};
type Stopped = { stop: (typeof STOPS)[number] | null; waits: (typeof WAITS)[number] | null };

/**
 * What the gate would say of messages if they asked now, by message id. Caps, budgets and sensitive tags depend on what else goes by then: of those
 * the gate itself decides, when they leave.
 */
export async function gateOn(
  tx: Tx,
  workspace: WorkspaceId,
  messages: readonly Again[],
): Promise<Map<string, Stopped>> {
  if (messages.length === 0) return new Map();
  const { settings, zone, now } = await readConditions(tx, workspace);
  const verdicts = new Map<string, Stopped>();
  for (const channel of CHANNELS) {
    const own = messages.filter((message) => message.channel === channel);
    if (own.length === 0) continue;
    const members = [...new Set(own.map(({ member }) => member))];
    const gates = new Map((await readGates(tx, workspace, channel, members)).map((gate) => [gate.member, gate]));
    for (const message of own) {
      const gate = gates.get(message.member);
      const consent = (message.purpose === "marketing" ? gate?.marketing : gate?.service) ?? undefined;
      const verdict = judge(
        { ...message, expiresAt: now.getTime() + message.life, heldFor: null, cost: 0 },
        {
          hasAddress: (gate?.address ?? null) !== null,
          isSuppressed: gate?.isSuppressed ?? false,
          consent,
          isSensitive: false,
          complaints: gate?.complaints ?? [],
          zone: zoneOfMember(zone, message),
          counted: [],
          ahead: [],
          left: null,
        },
        settings,
        now.getTime(),
      );
      verdicts.set(message.id, stoppedBy(verdict, message.journeyState));
    }
  }
  return verdicts;
}

function stoppedBy(verdict: Verdict, journeyState: string | null): Stopped {
  if (journeyState !== null && journeyState !== "live" && journeyState !== "paused")
    return { stop: "not_live", waits: null };
  if (verdict.is === "pass") return { stop: null, waits: null };
  const reason = verdict.reason === "suppressed" ? "barred" : verdict.reason;
  if (verdict.is === "hold") return { stop: null, waits: WAITS.find((known) => known === reason) ?? null };
  return { stop: STOPS.find((known) => known === reason) ?? null, waits: null };
}
