import type { Identity } from "../members/identity";
import type { Untaken } from "../members/untaken";
import type { ConsentChange } from "./consents";
import type { EventType } from "./inbox-event";
import type { Cause } from "./letter-cause";

/** An event that was understood, before its member is known and the database has set its time. */
export type EventDraft = {
  messageId: string | undefined;
  type: Exclude<EventType, "system">;
  name: string;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
  traits: Record<string, unknown> | undefined;
  /** Whose event it is: the first that is known decides. */
  identities: Identity[];
  /** identify and alias prove that the identities are one person's. */
  joins: boolean;
  /** Of an alias: the id until now, as a user's; a browser's it is among the identities. */
  previous?: Identity;
  /** Phone and email from traits: theirs if nobody owns them yet. */
  contacts: Identity[];
  consents: ConsentChange[];
  occurredAt: number;
  isHistorical: boolean;
};

/**
 * `untaken`: what the event said that did not become what its name promises; the event is kept. `malformed`: answered with 400. `rejected`: accepted and
 * kept as a dead letter, because sending it again cannot help.
 */
export type Normalised =
  | { is: "event"; event: EventDraft; untaken: Untaken[] }
  | ({ is: "malformed" } & Complaint)
  | ({
      is: "rejected";
      cause: Cause;
      /** What else is wrong with it. */
      others?: { cause: Cause; path: (string | number)[] }[];
      type: EventDraft["type"];
      name: string;
      messageId: string | undefined;
    } & Complaint);
/** `chinese` is absent where the sentence is one of those known by its English. */
export type Complaint = { says: string; chinese?: string; path: (string | number)[] };
