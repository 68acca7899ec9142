import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { malformed } from "@/core/issues";
import { asObject } from "@/core/objects";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import type { Actor } from "@/services/access/actor";
import { can, type Permission } from "@/services/access/may";
import { newestTo, readersOf } from "@/services/messages/readers-of";
import { refused } from "./answers/language";
import { problemAnswer } from "./answers/problem";
import { caller } from "./requests/caller";

const PATIENCE_MS = 10_000;

const Query = z.object({
  channel: z.enum(["sms", "email", "push"]).optional(),
  to: z.string().max(320).optional(),
  of: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe("a member by name, phone, mail address or number: what reached them by any channel"),
  key: z.string().max(200).optional(),
  after: z
    .union([z.string().regex(/^\d{1,15}$/), z.iso.datetime({ offset: true })], {
      error: "should be a message's id, or an instant",
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(20_000).optional(),
  as: z.enum(["whole", "brief"]).optional().describe("brief: without opening mails, for counting many"),
});
const Reply = z.strictObject({
  from: z.string().min(1).max(40).describe("the member's phone"),
  body: z.string().min(1).max(2000),
  to: z.string().max(40).optional().describe("our number; absent = the one that wrote to them last"),
});
const Subscriptions = z.strictObject({ count: z.int().min(1).max(10_000).optional() });

const ANSWER = {
  200: { type: "object", additionalProperties: true, description: "Done" },
  "4XX": problemAnswer(),
};
const SECURITY: { [name: string]: string[] }[] = [{ apiKey: [] }, { session: [] }];

/**
 * What the sandboxes received, for the console and for programs: only messages of the caller's workspace. Replies and browsers to push to
 * may be made; faults and clearing are the sandbox's own business.
 */
export async function sandbox(app: FastifyInstance): Promise<void> {
  const document = (summary: string, more: Record<string, unknown> = {}) => ({
    schema: { tags: ["sandbox"], summary, security: SECURITY, response: ANSWER, ...more },
  });
  app.get(
    "/sandbox/messages",
    document("Messages that the sandboxes received, newest first", { querystring: schemaOf(Query) }),
    (request, reply) =>
      forward(request, reply, "sandbox.read", {
        takes: Query,
        asks: (actor, given) => messagesTo(actor, request.url, Query.parse(given).of),
      }),
  );
  app.get("/sandbox/messages/:id", document("One message as it arrived"), (request, reply) =>
    forward(request, reply, "sandbox.read", {
      show: async (actor, body) => {
        const [reader] = (await readersOf(actor.workspace, keyOf(body))).values();
        return reader ? ok({ ...asObject(body), ...reader }) : refuse("not_found", "no such message");
      },
    }),
  );
  app.post(
    "/sandbox/reply",
    document("Reply to an SMS as a member would", { body: schemaOf(Reply) }),
    (request, reply) =>
      forward(request, reply, "message.write", {
        takes: Reply,
        asks: (actor, given) => replyToOwn(actor, Reply.parse(given)),
      }),
  );
  app.post(
    "/sandbox/subscriptions",
    document("A browser of the sandbox's to push to; with a count, so many", { body: schemaOf(Subscriptions) }),
    (request, reply) => forward(request, reply, "message.write", { takes: Subscriptions }),
  );
}

/**
 * `takes`: what the query or the body may hold; `asks`: what is asked of the sandbox, absent = the same as of us; `show`: what of the answer is the
 * caller's.
 */
type Terms = {
  takes?: z.ZodType;
  asks?: (actor: Actor, given: unknown) => Promise<Outcome<unknown>>;
  show?: (actor: Actor, body: unknown) => Promise<Outcome<unknown>>;
};

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  permission: Permission,
  { takes, asks, show = async (_actor, body) => ok(body) }: Terms = {},
): Promise<FastifyReply> {
  const actor = await caller(request);
  if (!actor.ok) return refused(reply, actor);
  if (!can(actor.value, permission))
    return refused(reply, refuse("not_allowed", `this needs the permission ${permission}`));
  const given = takes?.safeParse((request.method === "GET" ? request.query : request.body) ?? {});
  if (given && !given.success) return refused(reply, malformed(given.error.issues));
  const answer = asks
    ? await asks(actor.value, given?.data)
    : await ask(request.url, request.method === "POST" ? (request.body ?? {}) : undefined);
  if (!answer.ok) return refused(reply, answer);
  const shown = await show(actor.value, answer.value);
  return shown.ok ? reply.header("cache-control", "no-store").send(shown.value) : refused(reply, shown);
}

/** Asks the sandbox; with a body it is a POST. */
async function ask(path: string, posted?: unknown): Promise<Outcome<unknown>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`http://127.0.0.1:${config().SANDBOX_HTTP_PORT}${path}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(posted !== undefined && {
        method: "POST",
        body: JSON.stringify(posted),
        headers: { "content-type": "application/json" },
      }),
    });
    const text = await response.text();
    body = text ? JSON.parse(text) : {};
  } catch {
    return refuse("busy", "the sandbox does not answer; it runs with npm start");
  }
  if (response.ok) return ok(body);
  const said = asObject(body).error;
  return refuse(
    response.status === 404 ? "not_found" : response.status === 409 ? "conflict" : "invalid",
    typeof said === "string" ? said : undefined,
  );
}

const USUAL = 50;
const MOST = 20_000;
/** As many as an address carries. */
const MOST_KEYS = 200;

/** What reached one member by any channel, or what the whole workspace sent. */
async function messagesTo(actor: Actor, url: string, meant: string | undefined): Promise<Outcome<unknown>> {
  if (meant === undefined) return ownMessages(actor, url);
  const keys = await newestTo(actor.workspace, meant, MOST_KEYS);
  if (keys.length === 0) return ok({ messages: [] });
  const asked = new URL(url, "http://sandbox");
  asked.searchParams.delete("of");
  asked.searchParams.set("key", keys.join(","));
  return ownMessages(actor, asked.pathname + asked.search);
}

/** The newest of the caller's workspace, with the member each went to. The sandbox knows no workspaces: it is asked for more until enough of its answer is the caller's. */
async function ownMessages({ workspace }: Actor, url: string): Promise<Outcome<{ messages: unknown[] }>> {
  const asked = new URL(url, "http://sandbox");
  const wanted = Number(asked.searchParams.get("limit") ?? USUAL);
  for (let limit = wanted; ; limit = Math.min(limit * 8, MOST)) {
    asked.searchParams.set("limit", String(limit));
    const answer = await ask(asked.pathname + asked.search);
    if (!answer.ok) return answer;
    const messages = asList(answer.value, "messages");
    const readers = await readersOf(workspace, messages.flatMap(keyOf));
    const found = messages.flatMap((message) => {
      const reader = readers.get(keyOf(message)[0] ?? "");
      return reader ? [{ ...asObject(message), ...reader }] : [];
    });
    if (found.length >= wanted || messages.length < limit || limit >= MOST)
      return ok({ messages: found.slice(0, wanted) });
  }
}

/** A reply to the last SMS that the caller's workspace sent to this number: nobody answers for another's member. */
async function replyToOwn(actor: Actor, reply: z.output<typeof Reply>): Promise<Outcome<unknown>> {
  const sent = await ownMessages(
    actor,
    `/sandbox/messages?channel=sms&as=brief&limit=1&to=${encodeURIComponent(reply.from)}`,
  );
  if (!sent.ok) return sent;
  const [key] = sent.value.messages.flatMap(keyOf);
  return key === undefined
    ? refuse("conflict", "this workspace sent no SMS to this number", ["from"])
    : ask("/sandbox/reply", { ...reply, key });
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return rest;
}

const asList = (value: unknown, key: string): unknown[] => {
  const list = asObject(value)[key];
  return Array.isArray(list) ? list : [];
};
const keyOf = (message: unknown): string[] => {
  const { key } = asObject(message);
  return typeof key === "string" ? [key] : [];
};
