import { Readable } from "node:stream";
import type { FastifyInstance, FastifySchema } from "fastify";
import { instant } from "@/platform/clock";
import { exportList } from "@/services/exports/export-list";
import { SCREENS } from "@/services/views/view";
import { refused } from "./answers/language";
import { problemAnswer } from "./answers/problem";
import { caller } from "./requests/caller";

/** Lists as files, row by row as the reader takes them. */
export async function exports(app: FastifyInstance): Promise<void> {
  // Asking for the head alone would begin a file that nobody reads.
  app.get("/exports/:list", { schema: SCHEMA, exposeHeadRoute: false }, async (request, reply) => {
    const actor = await caller(request);
    if (!actor.ok) return refused(reply, actor);
    const input = { ...(request.query as object), ...(request.params as object) };
    const outcome = await exportList(actor.value, input, instant());
    if (!outcome.ok) return refused(reply, outcome);
    const { name, chunks } = outcome.value;
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "no-store")
      .send(Readable.from(chunks));
  });
}

const SCHEMA: FastifySchema = {
  tags: ["exports"],
  summary: "A list as a CSV file: every row that the list's own filters find, in its order",
  operationId: "getExportsList",
  description:
    "Needs the permission `data.export` and the list's own. UTF-8 with a byte order mark, times on the workspace's clocks, money as decimals. Texts that a spreadsheet would run as formulas begin with an apostrophe.",
  params: { type: "object", properties: { list: { type: "string", enum: SCREENS } }, required: ["list"] },
  querystring: {
    type: "object",
    properties: { locale: { type: "string", enum: ["en", "zh-CN"], description: "the headings' language" } },
    additionalProperties: true,
  },
  response: {
    200: { description: "The file", content: { "text/csv": { schema: { type: "string" } } } },
    "4XX": problemAnswer(),
    503: problemAnswer("Busy: come back after Retry-After"),
  },
  security: [{ apiKey: [] }, { session: [] }],
};
