import type { FastifyRequest } from "fastify";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { actorFromWriteKey, type WriteKey } from "@/services/access/actor-from-key";

/** The write key of a request: Basic with the key as user, a bearer, `writeKey` in the body or its first event, or in the query. */
export async function writeKeyOf(request: FastifyRequest, body: unknown): Promise<Outcome<WriteKey>> {
  const key = fromHeader(request.headers.authorization) ?? fromBody(body) ?? fromQuery(request.query);
  const known = key ? await actorFromWriteKey(key) : undefined;
  return known
    ? ok(known)
    : refuse(
        "not_signed_in",
        key
          ? "the write key is unknown or revoked"
          : "send a write key: Basic with the key as user, or writeKey in the body",
        ["writeKey"],
      );
}

/**
 * How a write key is to be sent, for who sent none (RFC 9110, 11.6.1). A page is not told of Basic: its browser would ask the shop's customer for
 * a name and a password.
 */
export const challenge = ({ headers }: FastifyRequest): string =>
  headers.origin === undefined ? 'Basic realm="events", charset="UTF-8", Bearer' : "Bearer";

function fromHeader(authorization: string | undefined): string | undefined {
  // One space or more (RFC 9110, 11.4).
  const [scheme, value] = authorization?.trim().split(/ +/) ?? [];
  if (!value) return undefined;
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  return Buffer.from(value, "base64").toString("utf8").split(":")[0] || undefined;
}

function fromBody(body: unknown): string | undefined {
  const own = textOf(body, "writeKey");
  if (own !== undefined) return own;
  const batch = typeof body === "object" && body !== null && "batch" in body ? body.batch : body;
  return Array.isArray(batch) ? textOf(batch[0], "writeKey") : undefined;
}

const fromQuery = (query: unknown): string | undefined => textOf(query, "writeKey");

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}
