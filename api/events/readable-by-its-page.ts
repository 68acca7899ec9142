import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * Lets the page that asked read the answer, whichever it is: any page may send events. With its name rather than `*`, because `sendBeacon` sends
 * JSON with credentials, and browsers then take no `*`: the event would be lost without a word. No cookie is looked at here. Set by hand, because at
 * thousands of requests a second each header counts; who is no page gets one.
 */
export function readableByItsPage({ headers: { origin } }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (origin === undefined) return reply.header("access-control-allow-origin", "*");
  return reply
    .header("access-control-allow-origin", origin)
    .header("access-control-allow-credentials", "true")
    .header("vary", "origin");
}
