import type { EventId, WorkspaceId } from "../ids";
import type { EventDraft } from "./draft";
import type { Cause } from "./letter-cause";

/** One event at the door: understood, with its new id and the hash of what was said. */
export type Arrival = {
  workspace: WorkspaceId;
  id: EventId;
  messageId: string;
  /** Tells a retry from another event under the same messageId. */
  bodyHash: string;
  isTrusted: boolean;
  draft: EventDraft;
  /** What came in, for the dead letters. */
  said: unknown;
};

/** An event that cannot be used as it is: kept as a dead letter. */
export type Reject = {
  workspace: WorkspaceId;
  messageId: string;
  bodyHash: string;
  cause: Cause;
  type: EventDraft["type"];
  /** The event's, for those who look for it. */
  name: string;
  isTrusted: boolean;
  said: unknown;
};
