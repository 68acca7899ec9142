import { catalogue, EVENT_NAMES, type EventKind } from "@/core/events/catalogue";
import { UNTAKEN_CODES } from "@/core/members/untaken";
import { EVENT_EXAMPLES } from "../answers/examples";
import { problemAnswer } from "../answers/problem";

const text = (description: string) => ({ type: "string", description });
/** An id; a number is taken as its digits. */
const id = (description: string) => ({ type: ["string", "integer"], description });
const object = (description: string) => ({ type: ["object", "null"], additionalProperties: true, description });
const PLACES = {
  type: "array",
  items: { type: "object", properties: { path: { type: "string" }, detail: { type: "string" } } },
};
/** That an order was counted already is known in dispatch only: the event tells it later. */
const CODES = UNTAKEN_CODES.filter((code) => code !== "order_counted");
const common = {
  messageId: id("Makes a retry harmless for 35 days; without it each request counts anew"),
  userId: id("The member's id in your system"),
  anonymousId: id("The browser's or device's own id"),
  timestamp: { type: "string", format: "date-time" },
  sentAt: { type: "string", format: "date-time" },
  context: object(
    "historical: true = counts in history (sums, segments, dates and silences to come) and begins, moves and ends nothing, for events of before an import; externalIds: [{ type: phone | email | card | openid, id }], by a phone or email among them the member is also reached, until they say another",
  ),
};

const described = (
  call: keyof typeof EVENT_EXAMPLES,
  summary: string,
  properties: Record<string, unknown>,
  required: string[] = [],
) => ({
  tags: ["events"],
  summary,
  description:
    "Basic authentication with the write key as user, or writeKey in the body. Any content-type; gzip, deflate or br; 32 KB an event, 500 KB a request. Answered when the events are committed.",
  body: {
    type: "object",
    properties: { ...common, ...properties },
    additionalProperties: true,
    ...(required.length > 0 && { required }),
    examples: [EVENT_EXAMPLES[call]],
  },
  security: [{ writeKey: [] }],
  response: {
    200: {
      type: "object",
      description: "Committed",
      properties: {
        success: { type: "boolean" },
        rejected: {
          ...PLACES,
          description: "Events kept as dead letters, because they cannot be used: mended, they may come again",
        },
        warnings: {
          ...PLACES,
          items: { ...PLACES.items, properties: { ...PLACES.items.properties, code: { type: "string", enum: CODES } } },
          description:
            "What was not taken of events that are kept: a phone that is none, a birthday that cannot be read, a store that nobody has, an instant in the future, a messageId that another event had before, a phone or email of another member",
        },
      },
    },
    "4XX": problemAnswer("A problem (RFC 9457); errors lists each event's path"),
    429: problemAnswer("Too fast, or too much of this workspace waits: come back after Retry-After"),
    503: problemAnswer("Come back after Retry-After"),
  },
});

const namesFrom = (from: EventKind["from"]): string =>
  EVENT_NAMES.filter((name) => catalogue[name].from === from).join(", ");

/** What OpenAPI says of the event API. */
export const EVENT_API = {
  identify: described("identify", "Who a member is", {
    traits: object(
      "name, phone, email, birthday, gender, locale, timezone, consent: { sms: true, … }; anything else becomes an attribute",
    ),
  }),
  track: described(
    "track",
    "What a member did",
    {
      event: {
        type: "string",
        description: `Ours: ${namesFrom("sender")}; Segment's e-commerce names; or your own. With a server's write key also what another ledger of the business tells, which changes none of ours: ${namesFrom("system")}. Refused from everybody, as only we can know them: ${namesFrom("ours")}`,
      },
      properties: object(
        "Money in minor units; Segment's e-commerce events in decimals. An order_id makes a paid order count once, however often it is told, and lets a refund find it",
      ),
    },
    ["event"],
  ),
  page: described("page", "A page viewed", {
    name: text("The page"),
    properties: object("url, path, title, referrer"),
  }),
  screen: described("screen", "A screen viewed", { name: text("The screen"), properties: object("Anything") }),
  group: described("group", "A group joined", { groupId: id("The group"), traits: object("The group's traits") }, [
    "groupId",
  ]),
  alias: described("alias", "Two ids of one person", { previousId: id("The id until now") }, ["previousId", "userId"]),
  batch: described(
    "batch",
    "Many events at once, all or none",
    { batch: { type: "array", items: { type: "object", additionalProperties: true } } },
    ["batch"],
  ),
  cloudEvents: {
    ...described(
      "cloudEvents",
      "CloudEvents 1.0: structured, batched or binary; a type names its event by its last part, or two, without a version: com.shop.order.paid.v1 is order_paid",
      {},
    ),
    body: { examples: [EVENT_EXAMPLES.cloudEvents] },
  },
} as const;
