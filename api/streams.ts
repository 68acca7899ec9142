import type { FastifyInstance } from "fastify";
import { refuse } from "@/core/refusals";
import { listen } from "@/platform/db";
import { gauge } from "@/platform/metrics";
import { signature } from "@/services/access/actor";
import { refused } from "./answers/language";
import { problemAnswer } from "./answers/problem";
import { type ChangeStream, changeStream } from "./change-stream";
import { caller } from "./requests/caller";

const MOST_TOPICS = 20;
/** A person's windows, or a program's processes. */
const MOST_OF_ONE = 100;

type Stream = ChangeStream & { owner: string; workspace: string; topics: ReadonlySet<string> };

const open = gauge("streams_open", "Server-sent event streams that are open");

/**
 * GET /streams?topic=journey:<id>&topic=events: tells which topics of the caller's workspace changed, as server-sent events without content;
 * the page reads again through the API. One LISTEN serves the whole process; after it broke, every topic counts as changed.
 */
export async function streams(app: FastifyInstance): Promise<void> {
  const all = new Set<Stream>();
  let listening: Promise<() => Promise<void>> | undefined;
  const hear = () =>
    (listening ??= listen(
      ["topic"],
      (_channel, payload) => {
        const at = payload.indexOf(" ");
        const [workspace, topic] = [payload.slice(0, at), payload.slice(at + 1)];
        for (const stream of all) if (stream.workspace === workspace && stream.topics.has(topic)) stream.tell(topic);
      },
      () => {
        for (const stream of all) for (const topic of stream.topics) stream.tell(topic);
      },
    ).catch((error: unknown) => {
      listening = undefined;
      throw error;
    }));

  // Before the server waits for its connections to end, or it would wait for ever.
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
    for (const stream of all) stream.end();
    await (await listening?.catch(() => undefined))?.();
  });

  app.get(
    "/streams",
    {
      schema: {
        tags: ["streams"],
        summary: "Server-sent events: which topics changed",
        querystring: { type: "object", properties: { topic: { type: "array", items: { type: "string" } } } },
        security: [{ apiKey: [] }, { session: [] }],
        response: {
          200: { type: "string", description: "text/event-stream: a line of JSON with its topic for each change" },
          "4XX": problemAnswer(),
        },
      },
    },
    async (request, reply) => {
      const actor = await caller(request);
      if (!actor.ok) return refused(reply, actor);
      const topics = topicsOf(request.query);
      if (topics.size === 0 || topics.size > MOST_TOPICS)
        return refused(
          reply,
          refuse("invalid", `name 1 to ${MOST_TOPICS} topics, like ?topic=journey:<id>`, ["topic"]),
        );
      const owner = `${actor.value.workspace} ${signature(actor.value)}`;
      if ([...all].filter((stream) => stream.owner === owner).length >= MOST_OF_ONE)
        return refused(reply, refuse("too_many_requests", `at most ${MOST_OF_ONE} streams at a time; close another`));
      await hear();
      if (isClosing)
        return refused(
          reply,
          refuse("busy", { en: "the server stops; come back in a moment", "zh-CN": "服务器正在停止；请稍后重试" }),
        );
      const { raw } = reply;
      // Who left meanwhile has said so before anybody listened: what is begun now would never be ended. From here on nothing is waited for.
      if (raw.destroyed) return reply.hijack();
      const headers = reply.getHeaders();
      reply.hijack();
      raw.writeHead(200, {
        ...Object.fromEntries(Object.entries(headers).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        // Or a server that stops would wait for it to be used again.
        connection: "close",
        "x-accel-buffering": "no",
      });
      const stream: Stream = {
        ...changeStream(raw, () => {
          all.delete(stream);
          open.set(all.size);
        }),
        owner,
        workspace: actor.value.workspace,
        topics,
      };
      all.add(stream);
      open.set(all.size);
      return reply;
    },
  );
}

function topicsOf(query: unknown): Set<string> {
  const given: unknown = typeof query === "object" && query !== null && "topic" in query ? query.topic : undefined;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return new Set(
    list.filter((topic): topic is string => typeof topic === "string" && topic !== "" && topic.length <= 200),
  );
}
