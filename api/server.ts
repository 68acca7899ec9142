import { randomUUID } from "node:crypto";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Refused, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import { isAway, isTooSlow } from "@/platform/db";
import { log } from "@/platform/log";
import { histogram } from "@/platform/metrics";
import type { AttemptLimits } from "@/services/access/sign-in-attempts";
import { refused } from "./answers/language";
import { internalProblem, PROBLEM_JSON } from "./answers/problem";
import { answerUnreadable, meetExpectations } from "./answers/unreadable";
import { callbacks } from "./callbacks";
import { docs } from "./docs";
import { readableByItsPage } from "./events/readable-by-its-page";
import { type EventOptions, events } from "./events/register";
import { exports } from "./exports";
import { health } from "./health";
import { management } from "./management/register";
import { coupons } from "./pages/coupons";
import { links, tracking } from "./pages/links";
import { surveys } from "./pages/surveys";
import { signIn } from "./requests/auth";
import { guard } from "./requests/guard";
import { Unreadable } from "./requests/json-body";
import { methods } from "./requests/methods";
import { BODY_LIMIT } from "./route";
import { sandbox } from "./sandbox";
import { streams } from "./streams";

export type ServerOptions = {
  /** Attempts to sign in that an address and an account have. */
  attempts?: AttemptLimits;
  events?: EventOptions;
};

const seconds = histogram("http_request_seconds", "Time to answer, by route and status class", ["route", "status"]);

/** The whole API, not yet listening. The process is connected to its database already. */
export async function buildServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const journal = log("api");
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: ["loopback", ...config().TRUSTED_PROXIES],
    return503OnClosing: true,
    forceCloseConnections: "idle",
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    // A host that was told with a slash at its end makes addresses like //v1/batch.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: (_error, _request, reply) =>
      void refused(
        reply,
        refuse("invalid", "this address cannot be read: a part is too long or not percent-encoded", []),
      ),
    clientErrorHandler: answerUnreadable,
    ajv: { customOptions: { strict: false } },
  });
  // Input is parsed by the use cases, for both doors alike; the schemas of routes are for the document only.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    // Where nothing stands, no body would be right either.
    if (request.is404) return nothingThere(request, reply);
    const complaint = complaintOf(error, request.routeOptions.bodyLimit);
    if (complaint) return refused(reply, complaint);
    if (isAway(error)) {
      journal.warn({ err: error, request: request.id }, "the database is away");
      return refused(reply, refuse("busy", "the database is away for a moment; try again"));
    }
    if (isTooSlow(error)) {
      journal.warn(
        { err: error, request: request.id, route: request.routeOptions.url },
        "a request asked for too much",
      );
      return refused(
        reply,
        refuse("busy", "this took too long and was given up; ask for less at once, or try again later"),
      );
    }
    journal.error({ err: error, request: request.id, route: request.routeOptions.url }, "a request failed");
    return reply.code(500).type(PROBLEM_JSON).send(internalProblem(request.id));
  });
  meetExpectations(app.server);
  const { allowed, isNamed } = methods(app);
  const nothingThere = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split("?")[0] ?? "";
    // A page that took a wrong address of the event API is to read why.
    if (path.startsWith("/v1/")) readableByItsPage(request, reply);
    const others = allowed(path);
    return others.length > 0
      ? refused(
          reply.header("allow", others.join(", ")),
          refuse("wrong_method", {
            en: `${path} takes ${others.join(", ")}`,
            "zh-CN": `${path} 支持 ${others.join("、")}`,
          }),
        )
      : refused(
          reply,
          refuse("not_found", {
            en: `nothing stands at ${request.method} ${path}; see /docs`,
            "zh-CN": `${request.method} ${path} 不存在；请参阅 /docs`,
          }),
        );
  };
  app.setNotFoundHandler(nothingThere);
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
    // GET /redemptions/confirm asks for no redemption of the id "confirm".
    guarded.addHook("onRequest", async (request, reply) => {
      if (request.routeOptions.url?.includes(":") && isNamed(request.url)) return nothingThere(request, reply);
    });
    await guarded.register(signIn, { prefix: "/api/auth", ...(options.attempts && { attempts: options.attempts }) });
    await guarded.register(management, { prefix: "/api/v1" });
    await guarded.register(exports, { prefix: "/api/v1" });
    await guarded.register(sandbox);
    await guarded.register(streams);
    await guarded.register(links);
    await guarded.register(tracking);
    await guarded.register(surveys);
    await guarded.register(coupons);
    await guarded.register(callbacks);
  });
  return app;
}

/** Fastify's own complaints, in our words; undefined = a mistake of ours. */
function complaintOf(error: FastifyError, limit = BODY_LIMIT): Refused | undefined {
  if (error instanceof Unreadable) return error.refusal;
  const { statusCode, code, message } = error;
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return refuse("too_large", {
        en: `a request should be at most ${limit / 1024} KB`,
        "zh-CN": `一次请求最多 ${limit / 1024} KB`,
      });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return refuse("wrong_content_type", "send JSON, with Content-Type: application/json", []);
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return refuse("invalid", "Content-Length should be the body's length", []);
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
      return refuse("invalid", "the body should be JSON", []);
  }
  if (statusCode === 503) return refuse("busy", message);
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? refuse("invalid", message) : undefined;
}
