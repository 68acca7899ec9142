import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { REFUSALS } from "@/core/refusals";
import { config } from "@/platform/config";
import { routes } from "./management";
import { sharedSchemas } from "./route";

/** As better-auth names it; with https its name says so. */
const sessionCookie = () => `${config().PUBLIC_API_URL.startsWith("https:") ? "__Secure-" : ""}regulars.session_token`;

/** The OpenAPI document of all routes and its page at /docs. Called first, so that it sees every route. */
export async function docs(app: FastifyInstance): Promise<void> {
  app.addSchema({
    $id: "Problem",
    type: "object",
    description: "RFC 9457",
    required: ["type", "title", "status", "code"],
    properties: {
      type: { type: "string" },
      title: { type: "string" },
      status: { type: "integer" },
      code: { type: "string", enum: [...REFUSALS, "internal"] },
      detail: { type: "string", description: "What would be right" },
      path: { type: "string", description: "The field meant, like items[2].price" },
      errors: {
        type: "array",
        description: "Of a batch of events: each that is wrong",
        items: { type: "object", properties: { path: { type: "string" }, detail: { type: "string" } } },
      },
      revision: { type: "integer", description: "Of revision_changed: the one that is stored" },
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Regulars",
        version: "1",
        description:
          "Events come in under /v1 as Segment or CloudEvents have them; everything else is managed under /api/v1. Money is an integer in minor units, instants are UTC.",
      },
      servers: [{ url: config().PUBLIC_API_URL }],
      components: {
        schemas: sharedSchemas(routes),
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "An API key, sk_…" },
          session: { type: "apiKey", in: "cookie", name: sessionCookie() },
          writeKey: { type: "http", scheme: "basic", description: "A write key, wk_…, as user; no password" },
        },
      },
    },
    transformObject: (made) => {
      if ("swaggerObject" in made) return made.swaggerObject;
      allowNoBody(made.openapiObject);
      return made.openapiObject;
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) => (typeof json.$id === "string" ? json.$id : `def-${i}`),
    },
  });
  app.get("/openapi.json", { schema: { hide: true } }, (_request, reply) =>
    reply.header("access-control-allow-origin", "*").send(app.swagger()),
  );
  // Upgrading to https would leave the page bare wherever the API stands on plain http.
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: true,
    transformStaticCSP: (policy) => policy.replace("upgrade-insecure-requests;", ""),
    uiConfig: { docExpansion: "none", deepLinking: true },
  });
}

type Operation = { requestBody?: { required?: boolean; content: Record<string, { schema?: object }> } };
const WANTS = ["required", "anyOf", "oneOf", "$ref"];

/** A body of which nothing is required may be left out; the generator calls each one required. */
function allowNoBody({ paths = {} }: { paths?: object }): void {
  for (const operations of Object.values(paths as Record<string, Record<string, Operation>>))
    for (const { requestBody } of Object.values(operations)) {
      const schema = requestBody?.content["application/json"]?.schema;
      if (requestBody && schema && !WANTS.some((name) => name in schema)) requestBody.required = false;
    }
}
