import type { FastifyInstance, FastifyRequest } from "fastify";
import { instant } from "@/platform/clock";
import { follow, opened } from "@/services/messages/links/follow";
import { readLink, unsubscribe } from "@/services/messages/unsubscribe";
import { languageOf } from "../answers/language";
import { addressOf } from "../requests/address-of";
import { gonePage, unsubscribedPage, unsubscribePage } from "./link-pages";

const LIMIT = 4 * 1024;

/** What members open from a message. GET shows and changes nothing, because mail programs open links by themselves; POST acts (RFC 8058). */
export async function links(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, _body, done) => done(null, ""));
  app.get<{ Params: { token: string } }>("/u/:token", { schema: { hide: true } }, async (request, reply) => {
    const link = await readLink(request.params.token);
    reply.type("text/html; charset=utf-8").header("cache-control", "no-store").header("x-robots-tag", "noindex");
    return link
      ? reply.send(unsubscribePage({ ...link, locale: localeOf(request, link.locale) }))
      : reply.code(404).send(gonePage(localeOf(request, null)));
  });
  app.post<{ Params: { token: string } }>(
    "/u/:token",
    { schema: { hide: true }, bodyLimit: LIMIT },
    async (request, reply) => {
      const { token } = request.params;
      const link = await readLink(token);
      const done =
        link !== null &&
        (await unsubscribe(
          token,
          { ip: addressOf(request), userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null },
          instant(),
        ));
      reply.type("text/html; charset=utf-8").header("cache-control", "no-store");
      return link && done
        ? reply.send(unsubscribedPage({ ...link, locale: localeOf(request, link.locale) }))
        : reply.code(404).send(gonePage(localeOf(request, null)));
    },
  );
}

// One transparent pixel.
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** Links and pictures in messages: a click leads on by 302 to an address that we signed or kept, never to another. */
export async function tracking(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { token: string }; Querystring: { u?: unknown } }>(
    "/l/:token",
    { schema: { hide: true } },
    async (request, reply) => {
      const { u } = request.query;
      const url = typeof u === "string" ? u : undefined;
      const to = await follow(request.params.token, url, instant(), request.method === "GET");
      reply
        .header("cache-control", "no-store")
        .header("x-robots-tag", "noindex")
        .header("referrer-policy", "no-referrer");
      // As a header may carry it: other scripts' letters percent-encoded.
      if (to !== null && URL.canParse(to)) return reply.redirect(new URL(to).href, 302);
      return reply
        .code(404)
        .type("text/html; charset=utf-8")
        .send(gonePage(localeOf(request, null)));
    },
  );
  app.get<{ Params: { token: string } }>("/o/:token", { schema: { hide: true } }, async (request, reply) => {
    if (request.method === "GET") await opened(request.params.token.replace(/\.gif$/, ""), instant());
    return reply.header("cache-control", "no-store").type("image/gif").send(PIXEL);
  });
}

/** The language of the reader's browser, else the member's. */
export function localeOf(request: FastifyRequest, known: string | null): "en" | "zh-CN" {
  return languageOf(request, known?.startsWith("en") ? "en" : "zh-CN");
}
