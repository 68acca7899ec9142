import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refuse } from "@/core/refusals";
import { auth } from "@/services/access/auth";
import { isOurs } from "./caller";
import { webHeaders } from "./headers";
import { problem } from "./problem";

/** Attempts per minute and address at anything that takes a password. */
const ATTEMPTS = 10;

/** Mounts better-auth at /api/auth. */
export async function signIn(app: FastifyInstance, { attempts = ATTEMPTS }: { attempts?: number }): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) => ({
      statusCode: 429,
      ...problem(refuse("too_many_requests", `try again in ${after}`)),
    }),
  });
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    // better-auth checks the origin where a cookie is there; a first sign-in from elsewhere has none, so it is checked for all.
    if (request.method === "POST" && request.headers.origin !== undefined && !isOurs(request.headers.origin))
      return reply.code(403).send(problem(refuse("not_allowed", "this origin is not the console's")));
    const headers = webHeaders(request.headers);
    headers.set("x-regulars-ip", request.ip);
    const response = await auth().handler(
      new Request(new URL(request.url, `http://${request.headers.host ?? "localhost"}`), {
        method: request.method,
        headers,
        ...(request.method === "POST" && { body: JSON.stringify(request.body ?? {}) }),
      }),
    );
    reply.code(response.status);
    for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
    for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
    return reply.send(response.body ? await response.text() : "");
  };
  const limited = { config: { rateLimit: { max: attempts, timeWindow: "1 minute" } } };
  app.post("/sign-in/*", { ...limited, schema: { hide: true } }, handler);
  app.post("/change-password", { ...limited, schema: { hide: true } }, handler);
  app.route({ method: ["GET", "POST"], url: "/*", schema: { hide: true }, handler });
}
