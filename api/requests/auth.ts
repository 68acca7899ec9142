import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refuse } from "@/core/refusals";
import { auth } from "@/services/access/auth";
import { ATTEMPTS, type AttemptLimits, countAttempt, forgetAttempts } from "@/services/access/sign-in-attempts";
import { refused } from "../answers/language";
import { isOurs } from "./caller";
import { webHeaders } from "./headers";

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
    return passOn(response, reply);
  };
  app.post("/sign-in/*", { schema: { hide: true } }, limited);
  app.post("/change-password", { schema: { hide: true } }, limited);
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

const emailOf = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "email" in body && typeof body.email === "string"
    ? body.email.slice(0, 400)
    : undefined;
