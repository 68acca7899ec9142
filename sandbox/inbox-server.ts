import { z } from "zod";
import { Fault, type Faults } from "./faults";
import type { Answer, Asked, Server } from "./http";
import type { Inbox } from "./inbox";
import type { Replies } from "./replies";
import { shown } from "./shown";
import type { Subscriptions } from "./subscriptions";

const Query = z.object({
  channel: z.enum(["sms", "email", "push"]).optional(),
  to: z.string().optional(),
  /** One, or several with commas between. */
  key: z.string().optional(),
  after: z.union([z.string().regex(/^\d+$/), z.iso.datetime({ offset: true })]).optional(),
  limit: z.coerce.number().int().min(1).max(20_000).default(50),
  /** `brief`: without opening mails, for counting and timing many. */
  as: z.enum(["whole", "brief"]).default("whole"),
});
/** `key`: of the message that is replied to; absent = the last one to this phone. */
const Reply = z.object({
  from: z.string().min(1),
  body: z.string().min(1),
  to: z.string().optional(),
  key: z.string().optional(),
});
const Many = z.object({ count: z.int().min(1).max(10_000).optional() });

/** The inbox as JSON, and what tests and the console order: replies, subscriptions, faults. */
export function inboxServer(inbox: Inbox, subscriptions: Subscriptions, replies: Replies, faults: Faults): Server {
  return async (asked) => {
    const { pathname } = asked.url;
    if (pathname === "/healthz") return { status: 200, json: { ok: true, received: inbox.counts } };
    if (!pathname.startsWith("/sandbox/")) return undefined;
    // A web page elsewhere can post here without asking, but not with this type.
    if (asked.method === "POST" && !asked.headers["content-type"]?.startsWith("application/json"))
      return { status: 415, json: { error: "content-type should be application/json" } };
    const [, , what, id] = pathname.split("/");
    const route = `${asked.method} ${what}${id === undefined ? "" : "/:id"}`;
    switch (route) {
      case "GET messages":
        return list(inbox, asked);
      case "GET messages/:id": {
        const message = inbox.get(id ?? "");
        return message
          ? { status: 200, json: await shown(message) }
          : { status: 404, json: { error: "no such message" } };
      }
      case "DELETE messages":
        await inbox.clear();
        return { status: 204 };
      case "POST reply":
        return checked(asked, Reply, ({ from, body, to, key }) => replies.reply(from, body, to, key));
      case "POST faults":
        return checked(asked, Fault, (fault) => {
          faults.order(fault);
          return { status: 204 };
        });
      case "GET faults":
        return { status: 200, json: { faults: faults.left() } };
      case "POST subscriptions":
        return checked(asked, Many, async ({ count }) => {
          const made = await Promise.all(
            Array.from({ length: count ?? 1 }, () => subscriptions.create(asked.url.origin)),
          );
          return { status: 201, json: count === undefined ? made[0] : { subscriptions: made } };
        });
      case "DELETE subscriptions/:id":
        return { status: (await subscriptions.end(id ?? "")) ? 204 : 404 };
      default:
        return undefined;
    }
  };
}

async function list(inbox: Inbox, { url }: Asked): Promise<Answer> {
  const query = Query.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return { status: 400, json: { error: z.prettifyError(query.error) } };
  const { key, ...narrowing } = query.data;
  const found = inbox.list({ ...narrowing, ...(key !== undefined && { keys: new Set(key.split(",")) }) });
  const messages =
    query.data.as === "whole"
      ? await Promise.all(found.map(shown))
      : found.map(({ id, channel, to, from, at, key }) => ({ id, channel, to, from, at, key }));
  return { status: 200, json: { messages } };
}

async function checked<T>(
  { body }: Asked,
  schema: z.ZodType<T>,
  then: (value: T) => Promise<Answer> | Answer,
): Promise<Answer> {
  let given: unknown;
  try {
    given = JSON.parse(body.length === 0 ? "{}" : body.toString("utf8"));
  } catch {
    return { status: 400, json: { error: "the body is not JSON" } };
  }
  const parsed = schema.safeParse(given);
  return parsed.success ? then(parsed.data) : { status: 400, json: { error: z.prettifyError(parsed.error) } };
}
