import { z } from "zod";
import { keepsAnswers, type UseCase } from "@/services/access/use-case";
import { EXAMPLES } from "./answers/examples";
import { problemAnswer } from "./answers/problem";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Route = {
  method: Method;
  path: string;
  parameters: string[];
  useCase: UseCase;
  tag: string;
  /** What the input may hold, path parameters included; absent where it is no object of named fields. */
  names: string[] | undefined;
};

/**
 * A use case as a route of the management API: `route("POST /offers/:offer/redeem", redeem)` stands at /api/v1/offers/{offer}/redeem.
 * Path parameters, query and body become one input (a path parameter wins); what comes by path or query is text, so such fields coerce.
 */
export function route<I extends z.ZodType, O>(line: string, useCase: UseCase<I, O>): Route {
  const [method, path] = line.split(" ");
  if (!isMethod(method) || !path?.startsWith("/"))
    throw new Error(`a route reads like "POST /offers/:offer/redeem", not "${line}"`);
  const parameters = [...path.matchAll(/:(\w+)/g)].flatMap((match) => match[1] ?? []);
  const { properties } = jsonSchema(useCase.input, "input");
  return {
    method,
    path,
    parameters,
    useCase: useCase as unknown as UseCase,
    tag: path.split("/")[1] ?? "",
    names: properties && Object.keys(properties),
  };
}

/** Whether a call changes, or acts on, a draft that it names by its revision. */
export const takesRevision = ({ method, names }: Pick<Route, "method" | "names">): boolean =>
  method !== "GET" && (names?.includes("revision") ?? false);

/** Bodies that hold no document. */
export const BODY_LIMIT = 2 ** 20;
/** A document's characters take up to three bytes each (`MOST_CHARACTERS`); the rest is for what JSON puts between them. */
const DOCUMENT_LIMIT = 10 * 2 ** 20;

/** How many bytes a body may have: one with a journey's document, or its steps, as many as the longest that is kept. */
export const bodyLimit = ({ names }: Pick<Route, "names">): number =>
  names?.some((name) => name === "document" || name === "nodes") ? DOCUMENT_LIMIT : BODY_LIMIT;

/** Whether the answer is kept for an Idempotency-Key. What reads, or answers a secret, has no use for one. */
export const takesKey = ({ method, useCase }: Pick<Route, "method" | "useCase">): boolean =>
  method === "POST" && keepsAnswers(useCase);

const isMethod = (text: string | undefined): text is Method =>
  text !== undefined && ["GET", "POST", "PUT", "PATCH", "DELETE"].includes(text);

type Schema = Record<string, unknown> & {
  properties?: Record<string, unknown>;
  required?: string[];
  definitions?: Record<string, unknown>;
};

/** The schemas with names of their own (a rule), which the routes' parts refer to: once each, for the document's components. */
export function sharedSchemas(routes: readonly Route[]): Record<string, Record<string, unknown>> {
  const schemas = routes.flatMap(({ useCase: { input, output } }) => [input, ...(output ? [output] : [])]);
  // What is checked in steps has its shape in the last one only, which is the output's.
  const all = Object.assign({}, ...schemas.map((schema) => jsonSchema(schema, "output").definitions));
  return JSON.parse(JSON.stringify(all).replaceAll("#/definitions/", "#/components/schemas/"));
}

/** The route's part of the OpenAPI document, from the same schema that parses its input. */
export function describe(route: Route): Record<string, unknown> {
  const { method, parameters, useCase, tag, path } = route;
  const { required: wanted = [], ...input } = jsonSchema(useCase.input, "input");
  const properties = input.properties ?? {};
  const required = new Set(wanted);
  const example = EXAMPLES[`${method} ${path}`];
  // Whatever else is named is refused, so that a misspelt name is heard of.
  const isClosed = route.names !== undefined && { additionalProperties: false };
  const part = (names: string[], all = false): Schema => ({
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? { type: "string" }])),
    ...(names.some((name) => all || required.has(name)) && {
      required: names.filter((name) => all || required.has(name)),
    }),
  });
  const rest = Object.keys(properties).filter((name) => !parameters.includes(name));
  const inQuery = method === "GET" || method === "DELETE";
  return {
    tags: [tag],
    summary: useCase.says ?? `${method} ${path}`,
    operationId: `${method.toLowerCase()}${path.replace(/[/:]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    description: termsOf(useCase),
    ...(parameters.length > 0 && { params: part(parameters, true) }),
    ...(inQuery
      ? rest.length > 0 && { querystring: part(rest) }
      : {
          body:
            rest.length > 0 || !input.properties
              ? { ...input, ...part(rest), ...isClosed, ...(example && { examples: [example] }) }
              : { type: "object", ...isClosed },
        }),
    ...headersOf(route),
    response: {
      200: { description: "Done", ...(useCase.output ? jsonSchema(useCase.output, "output") : {}) },
      "4XX": problemAnswer(),
      503: problemAnswer("Busy: come back after Retry-After"),
      "5XX": problemAnswer("Our mistake: detail names the request, for the log"),
    },
    security: [{ apiKey: [] }, { session: [] }],
  };
}

/** What a caller has to know before the call. */
const termsOf = ({ may, isSecret }: UseCase): string =>
  [
    may === "known" ? "Any key, and whoever is signed in, may ask." : `Needs the permission \`${may}\`.`,
    ...(isSecret
      ? ["The answer holds a secret and is kept nowhere: an Idempotency-Key has no effect, each call acts."]
      : []),
  ].join(" ");

const IDEMPOTENCY = {
  type: "string",
  minLength: 1,
  maxLength: 200,
  description:
    "The same key and body get the first answer again, for two days. A refusal that changed nothing is not kept: the key may be tried again, with another body too.",
};
const IF_MATCH = {
  type: "string",
  description: "The draft's ETag, instead of revision; if another is stored by now, 412 with that one.",
};

function headersOf(route: Route): { headers?: Schema } {
  const properties = {
    ...(takesKey(route) && { "idempotency-key": IDEMPOTENCY }),
    ...(takesRevision(route) && { "if-match": IF_MATCH }),
  };
  return Object.keys(properties).length > 0 ? { headers: { type: "object", properties } } : {};
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-7",
    cycles: "ref",
  });
  return rest as Schema;
}
