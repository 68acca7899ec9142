import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import type { Actor } from "@/services/access/actor";
import { can, type Permission } from "@/services/access/may";
import { ownKeys } from "@/services/messages/pumping/own-keys";
import { caller } from "./caller";
import { refused } from "./language";

const PATIENCE_MS = 10_000;

const SECURITY: { [name: string]: string[] }[] = [{ apiKey: [] }, { session: [] }];

/**
 * What the sandboxes received, for the console and for programs: only messages of the caller's workspace. Replies and browsers to push to
 * may be made; faults and clearing are the sandbox's own business.
 */
export async function sandbox(app: FastifyInstance): Promise<void> {
  const document = (summary: string) => ({ schema: { tags: ["sandbox"], summary, security: SECURITY } });
  app.get(
    "/sandbox/messages",
    document("Messages that the sandboxes received, newest first; query: channel, to, key, after, limit"),
    (request, reply) =>
      forward(request, reply, "sandbox.read", async (actor, body) => {
        const messages = asList(body, "messages");
        const own = await ownKeys(actor.workspace, messages.flatMap(keyOf));
        return ok({ messages: messages.filter((message) => keyOf(message).some((key) => own.has(key))) });
      }),
  );
  app.get("/sandbox/messages/:id", document("One message as it arrived"), (request, reply) =>
    forward(request, reply, "sandbox.read", async (actor, body) => {
      const own = await ownKeys(actor.workspace, keyOf(body));
      return own.size > 0 ? ok(body) : refuse("not_found", "no such message");
    }),
  );
  app.post("/sandbox/reply", document("Reply to an SMS as a member would: { from, body }"), (request, reply) =>
    forward(request, reply, "message.write"),
  );
  app.post("/sandbox/subscriptions", document("A browser of the sandbox's to push to"), (request, reply) =>
    forward(request, reply, "message.write"),
  );
}

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  permission: Permission,
  show: (actor: Actor, body: unknown) => Promise<Outcome<unknown>> = async (_actor, body) => ok(body),
): Promise<FastifyReply> {
  const actor = await caller(request);
  if (!actor.ok) return refused(reply, actor);
  if (!can(actor.value, permission))
    return refused(reply, refuse("not_allowed", `this needs the permission ${permission}`));
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
