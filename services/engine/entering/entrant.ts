import type { MemberId } from "@/core/ids";
import type { EventFacts } from "@/core/rules/facts";

/** A member who is to enter, under the key re-entry is decided by, with the event that the run begins with. */
export type Entrant = { member: MemberId; key: string; event: EventFacts };
