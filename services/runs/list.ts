import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { join, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { inOrder } from "./in-order";
import { runFilter, runsWhere } from "./run-filter";
import { RunLine, readRunLines } from "./run-line";

const ListRuns = z.object({
  ...pageInput,
  ...runFilter,
  order: z.enum(["asc", "desc"]).default("desc").describe("by entry"),
});

/**
 * Runs by entry, the newest first unless asked; `state` live = ready or parked, ended = the others. Of one journey or member by their own
 * index; else by id, which is made at entry, so that the primary key is the order.
 */
export const listRuns = useCase({
  may: "run.read",
  input: ListRuns,
  output: z.object({ items: z.array(RunLine), next: z.string().nullable() }),
  says: "Runs by journey, member, node, state, reason, time and words, newest first",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, order, ...filter }) {
    const where = await runsWhere(tx, workspace, filter, now);
    const isNarrow = filter.journey !== undefined || filter.member !== undefined || filter.q !== undefined;
    const { by, beyond } = inOrder({ order, cursor }, isNarrow, { at: sql`r.entered_at`, id: sql`r.id` });
    if (beyond) where.push(beyond);
    const rows = await readRunLines(tx, workspace, join(where, " AND "), by, limit + 1);
    return ok(page(rows, limit, (run) => [run.enteredAt.getTime(), run.id]));
  },
});
