import type { MemberId } from "../ids";
import type { MemberFacts } from "../rules/facts";

/** A member as projection needs it: what rules read, and when each attribute's value was said (epoch milliseconds). */
export type LoadedMember = MemberFacts & { id: MemberId; attributeTimes: Record<string, number> };

/** What one event adds to a day's facts; day is workspace-local, amount in minor units. Negative for a refund. */
export type FactDelta = { name: string; day: string; count: number; amount: number };

/** What is to be written for one member after its events of a turn were folded. */
export type MemberChange = { member: LoadedMember; facts: FactDelta[] };
