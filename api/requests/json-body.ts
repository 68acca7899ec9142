import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Refused, refuse } from "@/core/refusals";

/** A body that cannot be read, on its way to the error handler. */
export class Unreadable extends Error {
  constructor(readonly refusal: Refused) {
    super(refusal.detail);
  }
}

/** Bodies of these routes are JSON in UTF-8, said as such; an empty one is none, because many clients say JSON and send nothing. */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(/^application\/([\w.-]+\+)?json\b/, { parseAs: "buffer" }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = textOf(request, body);
    if (typeof text !== "string") return done(new Unreadable(text));
    parse(request, text, (error, value) =>
      error ? done(new Unreadable(refuse("invalid", isJson(text) ? POLLUTING : NO_JSON, []))) : done(null, value),
    );
  });
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    body.length === 0
      ? done(null, undefined)
      : done(new Unreadable(refuse("wrong_content_type", "send JSON, with Content-Type: application/json", []))),
  );
}

const NO_JSON = "the body should be JSON";
const POLLUTING = "the body may not hold a name like __proto__ or constructor.prototype";

/** Whether a text that was refused is JSON after all, which then holds a name that it may not. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function textOf({ headers }: FastifyRequest, body: Buffer): string | Refused {
  const encoding = headers["content-encoding"]?.trim().toLowerCase();
  if (encoding && encoding !== "identity")
    return refuse("wrong_content_type", "send the body unpacked, without Content-Encoding", []);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return refuse("invalid", "the body should be UTF-8", []);
  }
}
