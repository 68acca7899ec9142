import { createHash } from "node:crypto";
import type { Arrival, Reject } from "@/core/events/arrival";
import { normalise, type Sender } from "@/core/events/normalise";
import type { EventId } from "@/core/ids";
import { newId } from "@/platform/ids";
import type { WriteKey } from "@/services/access/actor-from-key";
import { EVENT_LIMIT } from "./body";

/** One message of a request and the place it stands at, for the answer. */
export type Said = { message: unknown; type: unknown; path: (string | number)[] };
export type Complaint = { path: (string | number)[]; detail: string; isTooLarge: boolean };
export type Understood = {
  arrivals: Arrival[];
  rejects: Reject[];
  complaints: Complaint[];
  rejected: { path: (string | number)[]; detail: string }[];
};

/** Reads each message; one complaint is enough for the whole request to be refused, so that a sender never guesses what was kept. */
export function understand(
  messages: readonly Said[],
  key: WriteKey,
  { receivedAt, sentAt }: { receivedAt: number; sentAt?: unknown },
): Understood {
  const sender: Sender = { receivedAt, sentAt, currency: key.currency, isTrusted: key.isTrusted };
  const result: Understood = { arrivals: [], rejects: [], complaints: [], rejected: [] };
  for (const { message, type, path } of messages) {
    const said = JSON.stringify(lasting(message)) ?? "null";
    if (Buffer.byteLength(said) > EVENT_LIMIT) {
      result.complaints.push({ path, detail: `an event should be at most ${EVENT_LIMIT / 1024} KB`, isTooLarge: true });
      continue;
    }
    const read = normalise(message, type, sender);
    if (read.is === "malformed") {
      result.complaints.push({ path: [...path, ...read.path], detail: read.says, isTooLarge: false });
      continue;
    }
    const id = newId<EventId>(receivedAt);
    const bodyHash = createHash("sha256").update(said).digest("base64url");
    const { workspace } = key;
    if (read.is === "rejected") {
      result.rejects.push({
        workspace,
        messageId: read.messageId ?? id,
        bodyHash,
        reason: read.reason,
        detail: `${read.path.join(".")}: ${read.says}`,
        said,
      });
      result.rejected.push({ path: [...path, ...read.path], detail: read.says });
      continue;
    }
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

/** What stays the same when a client sends an event again. */
function lasting(message: unknown): unknown {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return message;
  return {
    ...message,
    sentAt: undefined,
    receivedAt: undefined,
    writeKey: undefined,
    _metadata: undefined,
    integrations: undefined,
  };
}
