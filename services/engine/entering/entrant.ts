import type { MemberId } from "@/core/ids";
import type { Explanation } from "@/core/rules/explain";
import type { EventFacts } from "@/core/rules/facts";

/**
 * A member who is to enter, under the key re-entry is decided by, with the event that the run begins with. `why`: the trigger's conditions as they
 * were found; absent where it has none, or where they were asked of a whole set.
 */
export type Entrant = { member: MemberId; key: string; event: EventFacts; why?: Explanation | undefined };
