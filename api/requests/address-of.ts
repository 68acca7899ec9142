import type { FastifyRequest } from "fastify";

/** Where a request came from, as people write it: an IPv4 address that was met on an IPv6 socket without its ::ffff:. */
export const addressOf = ({ ip }: Pick<FastifyRequest, "ip">): string => ip.replace(/^::ffff:(?=\d+\.)/i, "");
