import type { FastifyReply, FastifyRequest } from "fastify";
import { type Outcome, ok, type Refused, refuse } from "@/core/refusals";
import { refused } from "./language";

/** Where a draft has a revision, that is its ETag: a change may say in If-Match which one it was made from (RFC 9110, 13.1.1). */
export function conditioned(
  { headers: { "if-match": wanted } }: Pick<FastifyRequest, "headers">,
  input: unknown,
): Outcome<unknown> {
  if (wanted === undefined || wanted.trim() === "*") return ok(input);
  const revision = Number(/^\s*"(\d{1,9})"\s*$/.exec(wanted)?.[1]);
  if (!Number.isInteger(revision) || revision < 1)
    return refuse("invalid", 'If-Match should be an ETag of this, like "7"', ["If-Match"]);
  const given = typeof input === "object" && input !== null && "revision" in input ? input.revision : undefined;
  if (given !== undefined && given !== revision)
    return refuse("invalid", "If-Match and revision should name the same revision", ["If-Match"]);
  return ok({ ...Object(input), revision });
}

/** A refusal with the stored revision as ETag; 412 where the caller made the condition in a header. */
export function refusedByRevision(reply: FastifyReply, outcome: Refused): FastifyReply {
  if (outcome.revision !== undefined) reply.header("etag", tagOf(outcome.revision));
  const isConditional = outcome.reason === "revision_changed" && reply.request.headers["if-match"] !== undefined;
  return refused(reply, outcome, isConditional ? { status: 412 } : {});
}

/** The answer's ETag; nothing where it has no revision. */
export function tag(reply: FastifyReply, value: unknown): FastifyReply {
  const revision = typeof value === "object" && value !== null && "revision" in value ? value.revision : undefined;
  return typeof revision === "number" ? reply.header("etag", tagOf(revision)) : reply;
}

const tagOf = (revision: number): string => `"${revision}"`;
