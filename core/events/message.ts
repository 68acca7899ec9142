import { z } from "zod";
import { isExact } from "../members/untaken";

const LONGEST_ID = 255;
const ID = "should be a text, or a whole number that is exact";
/** Some libraries send numbers: their decimal text, as long as no digit was lost on the way. */
const textual = z.union([z.string(), z.number().refine(isExact, ID)], { error: ID }).transform(String);
const id = textual.transform((value) => value.trim());
const someId = id.nullish().transform((value) => (value === null || value === "" ? undefined : value));
const shortId = someId.refine(
  (value) => value === undefined || value.length <= LONGEST_ID,
  `should be at most ${LONGEST_ID} characters`,
);
const bag = (what: string) =>
  z
    .record(z.string(), z.unknown(), { error: `${what} should be an object` })
    .nullish()
    .transform((value) => value ?? {});
/** One message of Segment's HTTP API; what else it says is nobody's. */
export const Message = z.looseObject({
  messageId: textual
    .pipe(z.string().min(1, "should not be empty").max(LONGEST_ID, `should be at most ${LONGEST_ID} characters`))
    .nullish(),
  userId: shortId,
  anonymousId: shortId,
  previousId: someId,
  groupId: someId,
  event: z.string({ error: "should be a text" }).nullish(),
  name: z.string({ error: "should be a text" }).nullish(),
  category: z.string().nullish().catch(null),
  properties: bag("properties"),
  traits: bag("traits"),
  context: bag("context"),
  timestamp: z.unknown().optional(),
  /** RudderStack's name for what the client said; its server makes `timestamp` of it. */
  originalTimestamp: z.unknown().optional(),
  sentAt: z.unknown().optional(),
  historical: z.boolean().nullish().catch(null),
});
export type Message = z.output<typeof Message>;

/** Reads a message: most are as the schema leaves them, and are known by a look that costs a tenth of it. */
export function readMessage(body: object): z.ZodSafeParseResult<Message> {
  const plain = plainMessage(body as Record<string, unknown>);
  return plain ? { success: true, data: plain } : Message.safeParse(body);
}

/** The message as the schema would read it, if there is nothing in it to put right or to complain of. */
export function plainMessage(body: Record<string, unknown>): Message | undefined {
  const { messageId, userId, anonymousId, previousId, groupId, event, name, category, historical } = body;
  const { properties = {}, traits = {}, context = {}, timestamp, originalTimestamp, sentAt } = body;
  const isPlain =
    (messageId === undefined || (isShort(messageId) && messageId !== "")) &&
    isPlainId(userId) &&
    isPlainId(anonymousId) &&
    isPlainId(previousId) &&
    isPlainId(groupId) &&
    isTextIfSaid(event) &&
    isTextIfSaid(name) &&
    isTextIfSaid(category) &&
    (historical === undefined || typeof historical === "boolean");
  if (!isPlain || !isBag(properties) || !isBag(traits) || !isBag(context)) return undefined;
  return {
    messageId,
    userId,
    anonymousId,
    previousId,
    groupId,
    event,
    name,
    category,
    properties,
    traits,
    context,
    timestamp,
    originalTimestamp,
    sentAt,
    historical,
  };
}

const isShort = (value: unknown): value is string => typeof value === "string" && value.length <= LONGEST_ID;
const isTextIfSaid = (value: unknown): value is string | undefined => value === undefined || typeof value === "string";
const isPlainId = (value: unknown): value is string | undefined =>
  value === undefined || (isShort(value) && value !== "" && value === value.trim());
// The schema leaves `__proto__` out.
const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !Object.hasOwn(value, "__proto__");
