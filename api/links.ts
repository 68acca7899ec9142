import type { FastifyInstance, FastifyRequest } from "fastify";
import { readLink, unsubscribe } from "@/services/messages/unsubscribe";
import { gonePage, unsubscribedPage, unsubscribePage } from "./link-pages";

/** What members open from a message. GET shows and changes nothing, because mail programs open links by themselves; POST acts (RFC 8058). */
export async function links(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string", bodyLimit: 4096 }, (_request, _body, done) => done(null, ""));
  app.get<{ Params: { token: string } }>("/u/:token", { schema: { hide: true } }, async (request, reply) => {
    const link = await readLink(request.params.token);
    reply.type("text/html; charset=utf-8").header("cache-control", "no-store").header("x-robots-tag", "noindex");
    return link
      ? reply.send(unsubscribePage({ ...link, locale: localeOf(request, link.locale) }))
      : reply.code(404).send(gonePage(localeOf(request, null)));
  });
  app.post<{ Params: { token: string } }>("/u/:token", { schema: { hide: true } }, async (request, reply) => {
    const { token } = request.params;
    const link = await readLink(token);
    const done =
      link !== null &&
      (await unsubscribe(
        token,
        { ip: request.ip, userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null },
        new Date(),
      ));
    reply.type("text/html; charset=utf-8").header("cache-control", "no-store");
    return link && done
      ? reply.send(unsubscribedPage({ ...link, locale: localeOf(request, link.locale) }))
      : reply.code(404).send(gonePage(localeOf(request, null)));
  });
}

/** The language of the reader's browser, else the member's. */
function localeOf(request: FastifyRequest, known: string | null): "en" | "zh-CN" {
  const wanted = request.headers["accept-language"]?.slice(0, 2).toLowerCase();
  if (wanted === "zh" || wanted === "en") return wanted === "zh" ? "zh-CN" : "en";
  return known?.startsWith("en") ? "en" : "zh-CN";
}
