import { randomUUID } from "node:crypto";
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { type Refusal, refuse } from "@/core/refusals";
import { isAway } from "@/platform/db";
import { log } from "@/platform/log";
import { histogram } from "@/platform/metrics";
import { signIn } from "./auth";
import { callbacks } from "./callbacks";
import { docs } from "./docs";
import { type EventOptions, events } from "./events/register";
import { guard } from "./guard";
import { health } from "./health";
import { links, tracking } from "./links";
import { management } from "./management/register";
import { internalProblem, PROBLEM_JSON, problem } from "./problem";
import { sandbox } from "./sandbox";
import { streams } from "./streams";
import { surveys } from "./surveys";

export type ServerOptions = {
  /** Sign-in attempts per minute and address. */
  attempts?: number;
  events?: EventOptions;
};

const seconds = histogram("http_request_seconds", "Time to answer, by route and status class", ["route", "status"]);

const BODY_LIMIT = 1_048_576;

/** The whole API, not yet listening. The process is connected to its database already. */
export async function buildServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const journal = log("api");
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: "loopback",
    return503OnClosing: true,
    forceCloseConnections: "idle",
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    ajv: { customOptions: { strict: false } },
  });
  // Input is parsed by the use cases, for both doors alike; the schemas of routes are for the document only.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const reason = reasonOf(error);
    if (reason)
      return reply
        .code(problem(refuse(reason)).status)
        .type(PROBLEM_JSON)
        .send(problem(refuse(reason, error.message)));
    if (isAway(error)) {
      journal.warn({ err: error, request: request.id }, "the database is away");
      return reply
        .code(503)
        .header("retry-after", "1")
        .type(PROBLEM_JSON)
        .send(problem(refuse("busy", "the database is away for a moment; try again")));
    }
    journal.error({ err: error, request: request.id, route: request.routeOptions.url }, "a request failed");
    return reply.code(500).type(PROBLEM_JSON).send(internalProblem(request.id));
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type(PROBLEM_JSON)
      .send(
        problem(refuse("not_found", `nothing stands at ${request.method} ${request.url.split("?")[0]}; see /docs`)),
      ),
  );
  app.addHook("onResponse", (request, reply, done) => {
    seconds.observe(
      { route: request.routeOptions.url ?? "none", status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
    done();
  });

  await docs(app);
  await app.register(health);
  await app.register(events, { prefix: "/v1", ...options.events });
  await app.register(async (guarded) => {
    await guard(guarded);
    await guarded.register(signIn, { prefix: "/api/auth", ...(options.attempts && { attempts: options.attempts }) });
    await guarded.register(management, { prefix: "/api/v1" });
    await guarded.register(sandbox);
    await guarded.register(streams);
    await guarded.register(links);
    await guarded.register(tracking);
    await guarded.register(surveys);
    await guarded.register(callbacks);
  });
  return app;
}

/** Fastify's own complaints, as reasons of ours; undefined = a mistake of ours. */
function reasonOf({ statusCode, code }: FastifyError): Refusal | undefined {
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return "too_large";
  if (statusCode === 429) return "too_many_requests";
  if (statusCode === 503) return "busy";
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? "invalid" : undefined;
}
