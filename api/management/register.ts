import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { asObject } from "@/core/objects";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { FIELD, QUERY_PARAMETER, unknownName } from "@/services/access/unknown-name";
import { call } from "@/services/access/use-case";
import { conditioned, refusedByRevision, tag } from "../answers/condition";
import { refused } from "../answers/language";
import { caller } from "../requests/caller";
import { readJson } from "../requests/json-body";
import { BODY_LIMIT, bodyLimit, describe, type Route, takesKey, takesRevision } from "../route";
import { routes } from "./index";

/** Mounts every use case under /api/v1. */
export async function management(app: FastifyInstance): Promise<void> {
  readJson(app);
  for (const route of routes) mount(app, route);
}

function mount(app: FastifyInstance, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: describe(route),
    bodyLimit: bodyLimit(route),
    ...(bodyLimit(route) > BODY_LIMIT && { onRequest: knownFirst }),
    async handler(request, reply) {
      const actor = await caller(request);
      if (!actor.ok) return refused(reply, actor);
      const key = request.headers["idempotency-key"];
      if (key !== undefined && (typeof key !== "string" || key.length === 0 || key.length > 200))
        return refused(reply, refuse("invalid", "Idempotency-Key should be 1 to 200 characters", ["Idempotency-Key"]));
      const read = inputOf(route, request);
      const input = read.ok && takesRevision(route) ? conditioned(request, read.value) : read;
      if (!input.ok) return refused(reply, input);
      const options = key && takesKey(route) ? { idempotency: { route: `${route.method} ${route.path}`, key } } : {};
      const outcome = await call(route.useCase, actor.value, input.value, options);
      if (!outcome.ok) return refusedByRevision(reply, outcome);
      reply.header("cache-control", "no-store");
      return tag(reply, outcome.value).send(outcome.value ?? {});
    },
  });
}

/** Who is unknown makes nobody read more than a common body. */
async function knownFirst(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { "content-length": length, "transfer-encoding": chunks } = request.headers;
  if (chunks === undefined && Number(length ?? 0) <= BODY_LIMIT) return undefined;
  const actor = await caller(request);
  return actor.ok ? undefined : refused(reply.header("connection", "close"), actor);
}

type Parts = { params: unknown; query: unknown; body: unknown };

/**
 * Path, query and body as one input. What a route does not know is refused by name: a filter that is misspelt would list everything, a field
 * that is misspelt would be dropped without a word. A use case whose input is no object (a whole document) takes the body as it is.
 */
function inputOf({ parameters, method, names }: Route, { params, query, body }: Parts): Outcome<unknown> {
  const inQuery = method === "GET" || method === "DELETE";
  const own = names?.filter((name) => !parameters.includes(name));
  const strange = stranger(query, inQuery ? own : []) ?? (inQuery ? stranger(body, []) : stranger(body, own));
  if (strange !== undefined) return unknownName(strange, own ?? [], inQuery ? QUERY_PARAMETER : FIELD);
  if (inQuery) return ok({ ...asObject(query), ...asObject(params) });
  if (body === undefined) return ok({ ...asObject(params) });
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return refuse("invalid", "the body should be a JSON object", []);
  return ok({ ...body, ...asObject(params) });
}

/** The first name that is none of the known ones; all are known where the input is no object of its own. */
const stranger = (given: unknown, known: readonly string[] | undefined): string | undefined =>
  known && Object.keys(asObject(given)).find((name) => !known.includes(name));
