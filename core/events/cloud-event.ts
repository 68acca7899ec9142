import { z } from "zod";
import { issuesOf } from "../issues";
import { isExact } from "../members/untaken";
import { eventKind } from "./catalogue";
import type { Complaint } from "./draft";
import { isMessageType, type MessageType } from "./normalise";
import { ourName } from "./segment-names";

const ID = "should be a text, or a whole number that is exact";
const text = z.string({ error: "should be a text" }).min(1, "should not be empty");
const textual = z
  .union([z.string(), z.number().refine(isExact, ID)], { error: ID })
  .transform(String)
  .pipe(z.string().min(1, "should not be empty"));
const CloudEvent = z.looseObject({
  specversion: z.literal("1.0", { error: "should be 1.0" }),
  id: textual,
  source: text,
  type: text,
  subject: textual.nullish(),
  time: z.string({ error: "should be an RFC 3339 instant" }).nullish(),
  data: z.unknown().optional(),
  data_base64: z.string().nullish(),
});

/** What a CloudEvent calls the parts of the message it becomes. */
export const CLOUD_EVENT_WORDS = {
  messageId: "id",
  timestamp: "time",
  userId: "subject",
  anonymousId: "anonymousid",
  event: "type",
  properties: "data",
  traits: "data",
} as const;

export type ReadCloudEvent =
  | { ok: true; type: MessageType; message: Record<string, unknown> }
  | ({ ok: false } & Complaint);

/**
 * A CloudEvent 1.0 as a Segment message. `subject` (or the extension `userid`, or the data's own `userId`) is the userId, the extension
 * `anonymousid` (or `anonymousId` in the data) the browser's; a reverse-DNS type names the event (`nameIn`); `data` holds its
 * properties, or the traits when the type ends in `identify`.
 * source and id together are the messageId, as the specification makes them unique together.
 */
export function readCloudEvent(body: unknown): ReadCloudEvent {
  const parsed = CloudEvent.safeParse(body);
  if (!parsed.success) {
    const [issue] = issuesOf(parsed.error.issues);
    if (!issue) return { ok: false, says: "not a CloudEvent", path: [] };
    const { message, chinese, path } = issue;
    return { ok: false, says: message, ...(chinese !== undefined && { chinese }), path };
  }
  const event = parsed.data;
  const data = dataOf(event);
  if (data === undefined) return { ok: false, says: "data should be a JSON object", path: ["data"] };
  const name = nameIn(event.type);
  const lower = name.toLowerCase();
  const type: MessageType = isMessageType(lower) ? lower : "track";
  const messageId = `${event.source} ${event.id}`;
  if (messageId.length > 255)
    return { ok: false, says: "source and id together should be at most 254 characters", path: ["id"] };
  const id = (value: unknown) => (typeof value === "string" || typeof value === "number" ? value : undefined);
  const said = (key: string) => id(event[key.toLowerCase()]) ?? id(data[key]);
  return {
    ok: true,
    type,
    message: {
      messageId,
      timestamp: event.time ?? undefined,
      userId: event.subject ?? said("userId"),
      anonymousId: said("anonymousId"),
      previousId: said("previousId"),
      groupId: said("groupId"),
      ...(type === "track" && { event: name }),
      ...(type === "identify" || type === "group" ? { traits: data } : { properties: data }),
      context: {
        source: event.source,
        library: { name: "cloudevents" },
        ...(event.historical === true || event.historical === "true" ? { historical: true } : {}),
      },
    },
  };
}

/**
 * The event that a type names: its last part, without the version behind it (`com.shop.order_paid.v1`); its last two where they name one of
 * ours (`com.shop.order.paid` is order_paid).
 */
function nameIn(type: string): string {
  const bare = type.replace(/\.v\d+(\.\d+)*$/i, "");
  const parts = bare.split(".").filter((part) => part !== "");
  const last = parts.at(-1) ?? type;
  const pair = parts.slice(-2).join("_");
  const isOurs = (name: string) => eventKind(ourName(name).name) !== undefined;
  return !isOurs(last) && parts.length > 1 && isOurs(pair) ? ourName(pair).name : last;
}

function dataOf({
  data,
  data_base64,
}: {
  data?: unknown;
  data_base64?: string | null;
}): Record<string, unknown> | undefined {
  let value = data;
  if (typeof data_base64 === "string") {
    try {
      value = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(data_base64), (c) => c.charCodeAt(0))));
    } catch {
      return undefined;
    }
  }
  if (value === undefined || value === null) return {};
  return typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}
