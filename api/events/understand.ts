import { hash } from "node:crypto";
import type { Arrival, Reject } from "@/core/events/arrival";
import type { Complaint as Unread } from "@/core/events/draft";
import { normalise, type Sender } from "@/core/events/normalise";
import type { EventId } from "@/core/ids";
import type { Untaken } from "@/core/members/untaken";
import { asObject } from "@/core/objects";
import { newId } from "@/platform/ids";
import type { WriteKey } from "@/services/access/actor-from-key";
import { EVENT_LIMIT } from "./body";

/**
 * One message of a request and the place it stands at, for the answer; or why it is none. `words`: what the sender calls the parts of a
 * message, where it is not Segment's names.
 */
export type Said = { path: (string | number)[]; words?: Readonly<Record<string, string>> } & (
  | { message: unknown; type: unknown; unread?: undefined }
  | { unread: Unread }
);
/** `chinese` is absent where the sentence is one of those known by its English. */
export type Place = { path: (string | number)[]; detail: string; chinese?: string };
export type Complaint = Place & { isTooLarge: boolean };
export type Understood = {
  arrivals: Arrival[];
  /** Where each of the arrivals stands in the request, and its sender's words. */
  places: Pick<Said, "path" | "words">[];
  rejects: Reject[];
  complaints: Complaint[];
  rejected: Place[];
  /** Events that are kept, with what was not taken of them. */
  warnings: Untaken[];
};

const DEEPEST = 64;

/** Whether a value nests deeper than that. It goes no deeper itself, so no input can exhaust its stack. */
function isDeeper(value: unknown, most: number): boolean {
  if (most < 0) return true;
  if (typeof value !== "object" || value === null) return false;
  for (const key in value) if (isDeeper(value[key as keyof typeof value], most - 1)) return true;
  return false;
}

/** Reads each message; one complaint is enough for the whole request to be refused, so that a sender never guesses what was kept. */
export function understand(
  messages: readonly Said[],
  key: WriteKey,
  { receivedAt, sentAt }: { receivedAt: number; sentAt?: unknown },
): Understood {
  const sender: Sender = { receivedAt, sentAt, currency: key.currency, isTrusted: key.isTrusted };
  const result: Understood = { arrivals: [], places: [], rejects: [], complaints: [], rejected: [], warnings: [] };
  for (const heard of messages) {
    const { path } = heard;
    if (heard.unread) {
      result.complaints.push({ ...placed(heard.unread, { path }), isTooLarge: false });
      continue;
    }
    const { message, type } = heard;
    if (isDeeper(message, DEEPEST)) {
      result.complaints.push({ path, detail: `an event should nest at most ${DEEPEST} levels`, isTooLarge: false });
      continue;
    }
    const said = lasting(message);
    const text = JSON.stringify(said) ?? "null";
    if (Buffer.byteLength(text) > EVENT_LIMIT) {
      result.complaints.push({ path, detail: `an event should be at most ${EVENT_LIMIT / 1024} KB`, isTooLarge: true });
      continue;
    }
    const read = normalise(message, type, sender);
    if (read.is === "malformed") {
      result.complaints.push({ ...placed(read, heard), isTooLarge: false });
      continue;
    }
    const id = newId<EventId>(receivedAt);
    const bodyHash = hash("sha256", timeless(text, said), "base64url");
    const { workspace } = key;
    if (read.is === "rejected") {
      result.rejects.push({
        workspace,
        messageId: read.messageId ?? id,
        bodyHash,
        cause: read.cause,
        type: read.type,
        name: read.name,
        isTrusted: key.isTrusted,
        said,
      });
      result.rejected.push(placed(read, heard));
      continue;
    }
    for (const { path: place, ...rest } of read.untaken) result.warnings.push({ path: placeOf(place, heard), ...rest });
    result.places.push(heard);
    // Without a messageId there is nothing to know a retry by.
    result.arrivals.push({
      workspace,
      id,
      messageId: read.event.messageId ?? `none ${id}`,
      bodyHash,
      isTrusted: key.isTrusted,
      draft: read.event,
      said,
    });
  }
  return result;
}

/** A part of a message as its request's sender finds it. */
export const placeOf = (
  [first, ...rest]: Said["path"],
  at: Pick<Said, "path" | "words"> = { path: [] },
): Said["path"] => (first === undefined ? [...at.path] : [...at.path, at.words?.[first] ?? first, ...rest]);

const placed = ({ says, chinese, path }: Unread, at: Pick<Said, "path" | "words">): Place => ({
  path: placeOf(path, at),
  detail: says,
  ...(chinese !== undefined && { chinese }),
});

/** A library stamps an event anew each time the program says it, so whoever says it again under the same messageId says the same. */
function timeless(text: string, said: unknown): string {
  const { timestamp, originalTimestamp } = asObject(said);
  return [
    ["timestamp", timestamp],
    ["originalTimestamp", originalTimestamp],
  ].reduce(
    (rest, [key, value]) => (value === undefined ? rest : rest.replace(`"${key}":${JSON.stringify(value)}`, "")),
    text,
  );
}

/** What a client changes or adds when it sends an event again; the key is nobody's business later. */
const PASSING = ["sentAt", "receivedAt", "writeKey", "_metadata", "integrations"] as const;

/** What stays the same when a client sends an event again. */
function lasting(message: unknown): unknown {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return message;
  // Most messages of a batch have none of these, and a copy of each was a tenth of ingest's garbage.
  if (!PASSING.some((key) => key in message)) return message;
  return Object.fromEntries(Object.entries(message).filter(([key]) => !PASSING.some((passing) => passing === key)));
}
