import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CLOUD_EVENT_WORDS, readCloudEvent } from "@/core/events/cloud-event";
import type { Untaken } from "@/core/members/untaken";
import { asObject } from "@/core/objects";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { instantMs } from "@/platform/clock";
import { config } from "@/platform/config";
import { log } from "@/platform/log";
import { type IntakeOptions, intake } from "@/services/intake/intake";
import { unknownPlaces } from "@/services/intake/unknown-places";
import { detailInChinese } from "../answers/chinese";
import { languageOf, refused } from "../answers/language";
import { pointer } from "../answers/problem";
import { BATCH_LIMIT, ENCODINGS, readBody, tooLarge } from "./body";
import { EVENT_API } from "./describe";
import { readableByItsPage } from "./readable-by-its-page";
import { type NoRoom, type RoomOptions, room } from "./room";
import { type Place, placeOf, type Said, type Understood, understand } from "./understand";
import { challenge, writeKeyOf } from "./write-key";

export type EventOptions = RoomOptions & { intake?: IntakeOptions };

const MOST_IN_BATCH = 2_500;

/** Segment's paths and their short forms. */
const TYPES = {
  identify: "identify",
  i: "identify",
  track: "track",
  t: "track",
  page: "page",
  p: "page",
  screen: "screen",
  s: "screen",
  group: "group",
  g: "group",
  alias: "alias",
  a: "alias",
} as const;

/** The event API: Segment's HTTP API and CloudEvents. Answers 2xx only when the events are committed. */
export async function events(app: FastifyInstance, options: EventOptions): Promise<void> {
  const store = intake(options.intake);
  const place = room(store, { perSecond: config().EVENTS_PER_SECOND, ...options });
  app.addHook("onClose", () => store.drained());
  app.addHook("onRequest", (request, reply, done) => {
    // Content-types are not trusted: a beacon says text/plain, some libraries say nothing, and what is none ("json") would be refused unread.
    request.raw.headers["content-type"] = "application/octet-stream";
    readableByItsPage(request, reply).header("x-content-type-options", "nosniff");
    done();
  });
  app.options("/*", { schema: { hide: true } }, (request, reply) =>
    reply
      .code(204)
      .header("access-control-allow-methods", "POST")
      .header("access-control-max-age", "86400")
      .header(
        "access-control-allow-headers",
        request.headers["access-control-request-headers"] ?? "authorization, content-type",
      )
      .send(),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BATCH_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: { code?: string }, _request, reply) => {
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return refused(reply, tooLarge());
    throw error;
  });

  const take =
    (read: (body: unknown, request: FastifyRequest) => Outcome<{ messages: Said[]; sentAt?: unknown }>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const receivedAt = instantMs();
      const isFull = place.forAnybody();
      if (isFull) return comeBack(reply, isFull);
      const isBinary = request.headers["ce-specversion"] !== undefined;
      const body =
        isBinary && !hasBody(request.body)
          ? ok(undefined)
          : readBody(request.body, request.headers["content-encoding"]);
      if (!body.ok)
        return refused(body.reason === "wrong_content_type" ? reply.header("accept-encoding", ENCODINGS) : reply, body);
      const key = await writeKeyOf(request, body.value);
      if (!key.ok) return refused(reply.header("www-authenticate", challenge(request)), key);
      const heard = read(body.value, request);
      if (!heard.ok) return refused(reply, heard);
      const isOver = place.for(key.value, heard.value.messages.length);
      if (isOver) return comeBack(reply, isOver);
      const { arrivals, places, rejects, complaints, rejected, warnings } = understand(
        heard.value.messages,
        key.value,
        {
          receivedAt,
          sentAt: heard.value.sentAt,
        },
      );
      const [first] = complaints;
      if (first) {
        const reason = complaints.some((c) => c.isTooLarge) ? "too_large" : "invalid";
        const { detail, chinese, path } = first;
        return refused(reply, refuse(reason, chinese ? { en: detail, "zh-CN": chinese } : detail, path), {
          errors: told(complaints, request),
        });
      }
      try {
        const strange = unknownPlaces(
          key.value.workspace,
          arrivals.map(({ draft }) => draft),
        );
        const notes = await store.accept(arrivals, rejects);
        warnings.push(...placedIn(places, await strange));
        if (notes.size > 0)
          warnings.push(
            ...placedIn(
              places,
              arrivals.map(({ id }) => notes.get(id) ?? []),
            ),
          );
      } catch (error) {
        log("events").error({ err: error, request: request.id }, "events could not be stored");
        return refused(reply, refuse("busy", "the events could not be stored; send them again"));
      }
      return reply.send({
        success: true,
        ...(rejected.length > 0 && { rejected: told(rejected, request) }),
        ...(warnings.length > 0 && { warnings: warned(warnings, request) }),
      });
    };

  for (const [path, type] of Object.entries(TYPES))
    app.post(
      `/${path}`,
      { schema: EVENT_API[type] },
      take((body) => ok({ messages: [{ message: body, type, path: [] }] })),
    );
  for (const path of ["batch", "b", "import"]) app.post(`/${path}`, { schema: EVENT_API.batch }, take(batch));
  app.post("/events", { schema: EVENT_API.cloudEvents }, take(cloudEvents));
}

const comeBack = (reply: FastifyReply, { refusal, afterSeconds }: NoRoom): FastifyReply =>
  refused(reply.header("retry-after", String(afterSeconds)), refusal);

const hasBody = (body: unknown): boolean => Buffer.isBuffer(body) && body.length > 0;
/** Each place with what would be right there, in the sender's language. */
function told(places: readonly Place[], request: FastifyRequest) {
  const isChinese = languageOf(request) === "zh-CN";
  return places.map(({ path, detail, chinese }) => ({
    path: pointer(path),
    detail: isChinese ? (chinese ?? detailInChinese(detail)) : detail,
  }));
}

function warned(places: readonly Untaken[], request: FastifyRequest) {
  const locale = languageOf(request);
  return places.map(({ path, says, code = "not_taken" }) => ({ path: pointer(path), detail: says[locale], code }));
}

/** What is said of each event, at its place in the request and in its sender's words. */
const placedIn = (places: Understood["places"], said: readonly (readonly Untaken[])[]): Untaken[] =>
  said.flatMap((of, i) => of.map(({ path, ...rest }) => ({ path: placeOf(path, places[i]), ...rest })));

function batch(body: unknown): Outcome<{ messages: Said[]; sentAt?: unknown }> {
  const { batch: list, sentAt, context } = asObject(body);
  if (!Array.isArray(list)) return refuse("invalid", "should be a list of events", ["batch"]);
  if (list.length > MOST_IN_BATCH) return refuse("too_large", `should be at most ${MOST_IN_BATCH} events`, ["batch"]);
  const shared = asObject(context);
  const messages = list.map((message: unknown, i): Said => {
    const own = asObject(message);
    // A context of the batch holds for its events, as Segment has it.
    return {
      message:
        Object.keys(shared).length > 0 && message === own
          ? { ...own, context: { ...shared, ...asObject(own.context) } }
          : message,
      type: own.type,
      path: ["batch", i],
    };
  });
  return ok({ messages, sentAt });
}

/** Structured, batched or binary mode, told apart by what is there rather than by the content-type. */
function cloudEvents(body: unknown, request: FastifyRequest): Outcome<{ messages: Said[] }> {
  const list: unknown[] =
    request.headers["ce-specversion"] !== undefined
      ? [{ ...attributes(request), ...(body !== undefined && { data: body }) }]
      : Array.isArray(body)
        ? body
        : [body];
  if (list.length > MOST_IN_BATCH) return refuse("too_large", `should be at most ${MOST_IN_BATCH} events`, []);
  const messages: Said[] = [];
  for (const [i, one] of list.entries()) {
    const path = Array.isArray(body) ? [i] : [];
    const read = readCloudEvent(one);
    messages.push(
      read.ok ? { message: read.message, type: read.type, path, words: CLOUD_EVENT_WORDS } : { unread: read, path },
    );
  }
  return ok({ messages });
}

/** The ce- headers, with their percent-encoding undone (HTTP binding, 3.1.3.2). */
function attributes(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]): [string, string][] => {
      if (!name.startsWith("ce-") || typeof value !== "string") return [];
      let text = value;
      try {
        text = decodeURIComponent(value);
      } catch {
        /* not percent-encoded after all */
      }
      return [[name.slice(3), text]];
    }),
  );
}
