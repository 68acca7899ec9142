/** What the generic workflows and their starters share: names, arguments, signals. Imported into the workflow sandbox, so no dependencies. */
export const CONDUCT_QUEUE = "conduct";
export const SEND_QUEUE = "send";
export const RING = "ring";

export type JourneyArguments = { workspace: string; journey: string; shard: number };
export type SenderArguments = { workspace: string; channel: string };

/** What an activity tells its workflow: look again now, sleep until an instant (epoch milliseconds) or a ring, or the end. */
export type Conducted = { is: "again" } | { is: "asleep"; until: number | null } | { is: "over" };
