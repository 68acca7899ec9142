/** What the generic workflows and their starters share: names, arguments, signals. Imported into the workflow sandbox, so no dependencies. */
export const CONDUCT_QUEUE = "conduct";
export const SEND_QUEUE = "send";
export const RING = "ring";

export type JourneyArguments = { workspace: string; journey: string; shard: number };
export type SenderArguments = { workspace: string; channel: string };
export type JobArguments = { workspace: string; job: string };
export type BroadcastArguments = { workspace: string; broadcast: string };
export type SegmentsArguments = { workspace: string };
export type CallerArguments = { workspace: string };

/** How a conductor shows in Temporal's UI; null where the server does not know the search attributes. */
export type Label = { name: string; version: number; state: string } | null;
export const ATTRIBUTES = { name: "RegularsJourney", version: "RegularsVersion", state: "RegularsState" } as const;

/**
 * What an activity tells its workflow: look again now, sleep for some milliseconds (null: until a ring), or the end. `title` is the workflow type
 * under which it should go on; without one it keeps its own.
 */
export type Conducted = { label: Label; title?: string } & (
  | { is: "again" }
  | { is: "asleep"; ms: number | null }
  | { is: "over" }
);
