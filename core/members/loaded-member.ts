import type { MemberId } from "../ids";
import type { MemberFacts } from "../rules/facts";
import type { KnownOrder } from "./order-book";

/**
 * A member as projection needs it: what rules read, when each attribute's value was said (epoch milliseconds), and what is known of the
 * orders that the events in question name; absent = nothing.
 */
export type LoadedMember = MemberFacts & {
  id: MemberId;
  attributeTimes: Record<string, number>;
  book?: readonly KnownOrder[];
};

/** What one event adds to a day's facts; day is workspace-local, amount in minor units. Negative for a refund. */
export type FactDelta = { name: string; day: string; count: number; amount: number };

/** What is to be written for one member after its events of a turn were folded. `before`: as it was loaded; without it all of it is news. */
export type MemberChange = { before?: LoadedMember; member: LoadedMember; facts: FactDelta[]; orders: KnownOrder[] };
