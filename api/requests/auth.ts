import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { refuse } from "@/core/refusals";
import { sessionOf } from "@/services/access/actor-from-session";
import { auth, OVERDUE } from "@/services/access/auth";
import { isOverdue } from "@/services/access/one-time-password";
import { ATTEMPTS, type AttemptLimits, countAttempt, forgetAttempts } from "@/services/access/sign-in-attempts";
import { refused } from "../answers/language";
import { isOurs } from "./caller";
import { webHeaders } from "./headers";

const TOO_LATE = refuse("not_allowed", {
  en: `this one-time password was not replaced within ${ONE_TIME_DAYS} days and opens nothing any more: ask an owner of the workspace for a new one`,
  "zh-CN": `此一次性密码未在 ${ONE_TIME_DAYS} 天内更换，已经失效：请联系工作区所有者获取新的一次性密码`,
});

/** Mounts better-auth at /api/auth. */
export async function signIn(
  app: FastifyInstance,
  { attempts = ATTEMPTS }: { attempts?: AttemptLimits },
): Promise<void> {
  // better-auth checks the origin where a cookie is there; a first sign-in from elsewhere has none, so it is checked for all.
  app.addHook("preHandler", async (request, reply) => {
    if (request.method === "POST" && request.headers.origin !== undefined && !isOurs(request.headers.origin))
      return refused(reply, refuse("not_allowed", "this origin is not the console's"));
  });
  /** Anything that takes a password. */
  const limited = async (request: FastifyRequest, reply: FastifyReply) => {
    const email = emailOf(request.body);
    const seconds = await countAttempt({ address: request.ip, email }, attempts);
    if (seconds > 0)
      return refused(
        reply.header("retry-after", String(seconds)),
        refuse("too_many_requests", `try again in ${seconds} s`),
      );
    const response = await answerOf(request);
    if (email !== undefined && response.ok) await forgetAttempts(email);
    return (await isTooLate(response)) ? refused(reply, TOO_LATE) : passOn(response, reply);
  };
  app.post("/sign-in/*", { schema: { hide: true } }, limited);
  app.post("/change-password", { schema: { hide: true } }, async (request, reply) => {
    // Whoever signed in while it served may have left the page open until it did no more.
    const session = await sessionOf(webHeaders(request.headers));
    return session && (await isOverdue(session.actor.user)) ? refused(reply, TOO_LATE) : limited(request, reply);
  });
  app.route({
    method: ["GET", "POST"],
    url: "/*",
    schema: { hide: true },
    handler: async (request, reply) => passOn(await answerOf(request), reply),
  });
}

function answerOf(request: FastifyRequest): Promise<Response> {
  const headers = webHeaders(request.headers);
  headers.set("x-regulars-ip", request.ip);
  return auth().handler(
    new Request(new URL(request.url, `http://${request.headers.host ?? "localhost"}`), {
      method: request.method,
      headers,
      ...(request.method === "POST" && { body: JSON.stringify(request.body ?? {}) }),
    }),
  );
}

async function passOn(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply.send(response.body ? await response.text() : "");
}

async function isTooLate(response: Response): Promise<boolean> {
  return response.status === 403 && (await response.clone().text()).includes(OVERDUE);
}

const emailOf = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "email" in body && typeof body.email === "string"
    ? body.email.slice(0, 400)
    : undefined;
