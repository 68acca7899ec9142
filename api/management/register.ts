import type { FastifyInstance, FastifyReply } from "fastify";
import { type Outcome, type Refused, refuse } from "@/core/refusals";
import { call } from "@/services/access/use-case";
import { caller } from "../caller";
import { PROBLEM_JSON, problem } from "../problem";
import { describe, type Route } from "../route";
import { routes } from "./index";

/** Mounts every use case under /api/v1. */
export async function management(app: FastifyInstance): Promise<void> {
  for (const route of routes) mount(app, route);
}

function mount(app: FastifyInstance, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: describe(route),
    async handler(request, reply) {
      const actor = await caller(request);
      if (!actor.ok) return refused(reply, actor);
      const key = request.headers["idempotency-key"];
      if (key !== undefined && (typeof key !== "string" || key.length === 0 || key.length > 200))
        return refused(reply, refuse("invalid", "Idempotency-Key should be 1 to 200 characters", ["Idempotency-Key"]));
      const input = inputOf(route, request);
      if (!input.ok) return refused(reply, input);
      const options =
        key && route.method === "POST" && !route.isSecret
          ? { idempotency: { route: `${route.method} ${route.path}`, key } }
          : {};
      const outcome = await call(route.useCase, actor.value, input.value, options);
      if (!outcome.ok) return refused(reply, outcome);
      reply.header("cache-control", "no-store");
      return reply.send(outcome.value ?? {});
    },
  });
}

export const refused = (reply: FastifyReply, outcome: Refused): FastifyReply => {
  const body = problem(outcome);
  if (body.status === 401) reply.header("www-authenticate", "Bearer");
  if (body.status === 429 || body.status === 503) reply.header("retry-after", "1");
  return reply.code(body.status).type(PROBLEM_JSON).send(body);
};

type Parts = { params: unknown; query: unknown; body: unknown };

/** A use case whose input is no object (a whole document) takes the body as it is. */
function inputOf({ parameters, method }: Route, { params, query, body }: Parts): Outcome<unknown> {
  if (method === "GET" || method === "DELETE") return { ok: true, value: { ...asObject(query), ...asObject(params) } };
  if (body === undefined || body === null || body === "") return { ok: true, value: { ...asObject(params) } };
  if (typeof body !== "object" || Array.isArray(body))
    return parameters.length === 0 && typeof body === "object"
      ? { ok: true, value: body }
      : refuse("invalid", "the body should be a JSON object", []);
  return { ok: true, value: { ...body, ...asObject(params) } };
}

const asObject = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
