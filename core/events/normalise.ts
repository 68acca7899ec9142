import { issuesOf } from "../issues";
import { readContacts } from "../members/contacts";
import { type Identity, normalIdentity } from "../members/identity";
import {
  EXTERNAL,
  isExact,
  MOST_EXTERNAL,
  ofTime,
  type Untaken,
  untakenIds,
  untakenTraits,
  WARNED,
} from "../members/untaken";
import { asObject } from "../objects";
import { eventKind } from "./catalogue";
import { consentsIn } from "./consents";
import type { EventDraft, Normalised } from "./draft";
import { type Cause, sayCause } from "./letter-cause";
import { type Message, readMessage } from "./message";
import { readProperties } from "./read-properties";
import { ourName } from "./segment-names";
import { occurredAt } from "./when";

/** What is known of a message apart from its body. */
export type Sender = {
  /** Epoch milliseconds. */
  receivedAt: number;
  /** The batch's; a message's own wins. */
  sentAt?: unknown;
  currency: string;
  region?: string;
  isTrusted: boolean;
};

export const MESSAGE_TYPES = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
export const isMessageType = (value: unknown): value is MessageType => MESSAGE_TYPES.some((type) => type === value);

/** Reads one Segment message (their HTTP API and specification) as an event of ours. `type`: from the path, or the message's own. */
export function normalise(body: unknown, type: unknown, sender: Sender): Normalised {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return malformed("an event should be a JSON object", []);
  if (!isMessageType(type)) return malformed(`should be one of ${MESSAGE_TYPES.join(", ")}`, ["type"]);
  const parsed = readMessage(body);
  if (!parsed.success) {
    const [issue] = issuesOf(parsed.error.issues);
    return issue ? malformed(issue.message, issue.path, issue.chinese) : malformed("not an event", []);
  }
  const message = parsed.data;
  const identities = identitiesOf(message, type, sender.region);
  if (identities.length === 0)
    return malformed("an event needs a userId (of a CloudEvent: a subject) or an anonymousId", ["userId"]);
  if (type === "alias" && (!message.userId || !message.previousId))
    return malformed("alias needs a previousId and a userId", [message.userId ? "previousId" : "userId"]);
  if (type === "group" && !message.groupId) return malformed("group needs a groupId", ["groupId"]);
  if (type === "track" && !message.event?.trim()) return malformed("track needs the name of the event", ["event"]);
  const when = occurredAt(
    message.timestamp ?? message.originalTimestamp,
    message.sentAt ?? sender.sentAt,
    sender.receivedAt,
  );
  if (when === undefined) return malformed("should be an ISO 8601 instant, like 2026-11-22T08:00:00Z", ["timestamp"]);

  const named = nameOf(message, type);
  const messageId = message.messageId ?? undefined;
  if (named.name.length > 200) return malformed("should be at most 200 characters", ["event"]);
  const from = eventKind(named.name)?.from;
  if (from === "ours" || (from === "system" && !sender.isTrusted)) {
    const cause: Cause = { code: from === "ours" ? "only_ours" : "reserved_name", facts: { event: named.name } };
    const says = sayCause(cause);
    return {
      is: "rejected",
      cause,
      says: says.en,
      chinese: says["zh-CN"],
      path: ["event"],
      type,
      name: named.name,
      messageId,
    };
  }
  const read = readProperties(named, propertiesOf(message, type), sender.currency);
  if (!read.ok)
    return {
      is: "rejected",
      cause: read.cause,
      says: read.says,
      ...(read.chinese !== undefined && { chinese: read.chinese }),
      path: ["properties", ...read.path],
      ...(read.others && {
        others: read.others.map(({ cause, path }) => ({ cause, path: ["properties", ...path] })),
      }),
      type,
      name: named.name,
      messageId,
    };

  const timed = ofTime(when);
  const told = traitsOf(message, type);
  const { traits, contacts } = told ? readContacts(told, sender.region) : { traits: undefined, contacts: [] };
  const event: EventDraft = {
    messageId,
    type,
    name: named.name,
    properties: type === "identify" ? (traits ?? {}) : read.properties,
    context: contextOf(message.context, timed),
    traits,
    identities,
    contacts,
    joins: type === "identify" || type === "alias",
    ...(type === "alias" && message.previousId && { previous: { kind: "userId", value: message.previousId } }),
    consents: consentsIn(named.name, read.properties, traits),
    occurredAt: when.at,
    isHistorical: message.historical === true || message.context.historical === true,
  };
  const room = type === "identify" ? ["traits"] : ["context", "traits"];
  const untaken = [
    ...timed,
    ...(traits ? untakenTraits(traits, sender).map(under(room)) : []),
    ...untakenIds(message.context.externalIds, sender.region).map(under(["context", "externalIds"])),
  ];
  return { is: "event", event, untaken };
}

/** A timestamp that was not taken as it came is not kept: the event says itself what was made of it. */
function contextOf(context: Record<string, unknown>, found: readonly Untaken[]): Record<string, unknown> {
  if (found.length === 0 && !(WARNED in context)) return context;
  const { [WARNED]: _, ...said } = context;
  return found.length > 0 ? { ...said, [WARNED]: found.map(({ code }) => code) } : said;
}

const under =
  (place: string[]) =>
  ({ path, ...rest }: Untaken): Untaken => ({ path: [...place, ...path], ...rest });
const malformed = (says: string, path: (string | number)[], chinese?: string): Normalised => ({
  is: "malformed",
  says,
  ...(chinese !== undefined && { chinese }),
  path,
});

/** RudderStack's libraries put an identify's traits into its context, Segment's beside it; in both, context.traits of others is about who did it. */
function traitsOf({ traits, context }: Message, type: MessageType): Record<string, unknown> | undefined {
  const inContext = asObject(context.traits);
  return type === "identify" ? { ...inContext, ...traits } : inContext;
}

function nameOf(message: Message, type: MessageType) {
  const fixed = {
    identify: "identified",
    page: "page_viewed",
    screen: "screen_viewed",
    group: "group_joined",
    alias: "aliased",
  } as const;
  return type === "track" ? ourName(message.event ?? "") : { name: fixed[type], isEcommerce: false };
}

function propertiesOf(message: Message, type: MessageType): Record<string, unknown> {
  switch (type) {
    case "page":
    case "screen": {
      const page = asObject(message.context.page);
      const text = (value: unknown) => (typeof value === "string" ? value : undefined);
      return {
        url: text(page.url),
        path: text(page.path),
        title: text(page.title),
        referrer: text(page.referrer),
        name: message.name,
        category: message.category,
        ...message.properties,
      };
    }
    case "group":
      return { ...message.traits, group_id: message.groupId };
    case "alias":
      return { previous_id: message.previousId };
    case "identify":
      return {};
    case "track":
      return message.properties;
    default:
      return type satisfies never;
  }
}

/** Known ids first, then the browser's own, then what a till or a mini-program sends as `context.externalIds: [{ type, id }]`. */
function identitiesOf(
  { userId, anonymousId, previousId, context }: Message,
  type: MessageType,
  region?: string,
): Identity[] {
  const found: Identity[] = [];
  if (userId) found.push({ kind: "userId", value: userId });
  if (type === "alias" && previousId) found.push({ kind: "anonymousId", value: previousId });
  if (anonymousId && anonymousId !== previousId) found.push({ kind: "anonymousId", value: anonymousId });
  const external = Array.isArray(context.externalIds) ? context.externalIds.slice(0, MOST_EXTERNAL) : [];
  for (const one of external) {
    const { type: kind, id: value } = asObject(one);
    if (typeof kind !== "string" || !Object.hasOwn(EXTERNAL, kind) || (typeof value !== "string" && !isExact(value)))
      continue;
    const identity = normalIdentity(EXTERNAL[kind as keyof typeof EXTERNAL], String(value), region);
    if (identity) found.push(identity);
  }
  return found;
}
