import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { malformed } from "@/core/issues";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import type { Actor } from "@/services/access/actor";
import { can, type Permission } from "@/services/access/may";
import { ownKeys } from "@/services/messages/pumping/own-keys";
import { caller } from "./caller";
import { refused } from "./language";

const PATIENCE_MS = 10_000;

const Query = z.object({
  channel: z.enum(["sms", "email", "push"]).optional(),
  to: z.string().max(320).optional(),
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
  "4XX": { description: "A problem (RFC 9457)", $ref: "Problem#" },
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
        show: async (actor, body) => {
          const messages = asList(body, "messages");
          const own = await ownKeys(actor.workspace, messages.flatMap(keyOf));
          return ok({ messages: messages.filter((message) => keyOf(message).some((key) => own.has(key))) });
        },
      }),
  );
  app.get("/sandbox/messages/:id", document("One message as it arrived"), (request, reply) =>
    forward(request, reply, "sandbox.read", {
      show: async (actor, body) => {
        const own = await ownKeys(actor.workspace, keyOf(body));
        return own.size > 0 ? ok(body) : refuse("not_found", "no such message");
      },
    }),
  );
  app.post(
    "/sandbox/reply",
    document("Reply to an SMS as a member would", { body: schemaOf(Reply) }),
    (request, reply) => forward(request, reply, "message.write", { takes: Reply }),
  );
  app.post(
    "/sandbox/subscriptions",
    document("A browser of the sandbox's to push to; with a count, so many", { body: schemaOf(Subscriptions) }),
    (request, reply) => forward(request, reply, "message.write", { takes: Subscriptions }),
  );
}

/** `takes`: what the query or the body may hold; `show`: what of the answer is the caller's. */
type Terms = { takes?: z.ZodType; show?: (actor: Actor, body: unknown) => Promise<Outcome<unknown>> };

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  permission: Permission,
  { takes, show = async (_actor, body) => ok(body) }: Terms = {},
): Promise<FastifyReply> {
  const actor = await caller(request);
  if (!actor.ok) return refused(reply, actor);
  if (!can(actor.value, permission))
    return refused(reply, refuse("not_allowed", `this needs the permission ${permission}`));
  const given = takes?.safeParse((request.method === "GET" ? request.query : request.body) ?? {});
  if (given && !given.success) return refused(reply, malformed(given.error.issues));
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`http://127.0.0.1:${config().SANDBOX_HTTP_PORT}${request.url}`, {
      method: request.method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(request.method === "POST" && {
        body: JSON.stringify(request.body ?? {}),
        headers: { "content-type": "application/json" },
      }),
    });
    const text = await response.text();
    body = text ? JSON.parse(text) : {};
  } catch {
    return refused(reply, refuse("busy", "the sandbox does not answer; it runs with npm start"));
  }
  if (!response.ok) {
    const said = asObject(body).error;
    return refused(
      reply,
      refuse(
        response.status === 404 ? "not_found" : response.status === 409 ? "conflict" : "invalid",
        typeof said === "string" ? said : undefined,
      ),
    );
  }
  const shown = await show(actor.value, body);
  return shown.ok ? reply.header("cache-control", "no-store").send(shown.value) : refused(reply, shown);
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return rest;
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const asList = (value: unknown, key: string): unknown[] => {
  const list = asObject(value)[key];
  return Array.isArray(list) ? list : [];
};
const keyOf = (message: unknown): string[] => {
  const { key } = asObject(message);
  return typeof key === "string" ? [key] : [];
};
