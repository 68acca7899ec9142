import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refused } from "@/core/refusals";
import type { Locale } from "@/core/text";
import { PROBLEM_JSON, problem } from "./problem";

/** The first language of Accept-Language that we speak, by its weights (RFC 9110, 12.5.4); English otherwise. */
export function languageOf({ headers }: Pick<FastifyRequest, "headers">, otherwise: Locale = "en"): Locale {
  const wanted = (headers["accept-language"] ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q\s*=\s*/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    if (tag === "zh" || tag.startsWith("zh-")) return "zh-CN";
    if (tag === "en" || tag.startsWith("en-")) return "en";
  }
  return otherwise;
}

/** Answers with a problem in the caller's language. `more` stands beside the problem's own members, or in their place. */
export function refused(
  reply: FastifyReply,
  outcome: Refused,
  more: Record<string, unknown> & { status?: number } = {},
): FastifyReply {
  const locale = languageOf(reply.request);
  const body = { ...problem(outcome, locale), ...more };
  reply.header("content-language", locale);
  if (body.status === 401 && !reply.hasHeader("www-authenticate")) reply.header("www-authenticate", "Bearer");
  if ((body.status === 429 || body.status === 503) && !reply.hasHeader("retry-after"))
    reply.header("retry-after", String(outcome.afterSeconds ?? 1));
  return reply.code(body.status).type(PROBLEM_JSON).send(body);
}
