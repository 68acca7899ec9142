import type { FastifyInstance } from "fastify";
import { instant } from "@/platform/clock";
import { answerSurvey, readSurvey } from "@/services/tasks/answer";
import { localeOf } from "./links";
import { answeredPage, overPage, surveyPage } from "./survey-pages";

const LIMIT = 64 * 1024;

/** Where members answer surveys: a page with a form, no script, no sign-in; the signed link says whose it is. */
export async function surveys(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook("onRequest", async (_request, reply) => {
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .header("x-robots-tag", "noindex")
      .header("referrer-policy", "no-referrer");
  });
  app.get<{ Params: { token: string } }>("/s/:token", { schema: { hide: true } }, async (request, reply) => {
    const asked = await readSurvey(request.params.token, instant());
    const locale = localeOf(request, asked?.locale ?? null);
    if (!asked) return reply.code(404).send(overPage(locale));
    if (asked.state === "open") return reply.send(surveyPage(asked, locale));
    return asked.state === "answered"
      ? reply.send(answeredPage(asked.workspaceName, locale))
      : reply.code(410).send(overPage(locale));
  });
  app.post<{ Params: { token: string } }>(
    "/s/:token",
    { schema: { hide: true }, bodyLimit: LIMIT },
    async (request, reply) => {
      const { token } = request.params;
      const given: Record<string, unknown> =
        typeof request.body === "object" && request.body !== null ? { ...request.body } : {};
      const outcome = await answerSurvey(token, given, instant());
      const asked = await readSurvey(token, instant());
      const locale = localeOf(request, asked?.locale ?? null);
      if (!asked) return reply.code(404).send(overPage(locale));
      if (outcome.ok || asked.state === "answered") return reply.send(answeredPage(asked.workspaceName, locale));
      if (asked.state === "open" && outcome.reason === "invalid")
        return reply.code(422).send(surveyPage(asked, locale, { given, missing: outcome.path?.[1] }));
      return reply.code(410).send(overPage(locale));
    },
  );
}
