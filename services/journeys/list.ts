import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JourneyLine, JourneyState, readJourneyLines } from "./journey-view";

const ListJourneys = z.object({
  ...pageInput,
  state: JourneyState.optional(),
  label: z.string().max(60).optional(),
  q: z.string().trim().max(120).optional(),
});
const WEEK = 7 * 86_400_000;

/** Archived ones only when asked for by their state. */
export const listJourneys = useCase({
  may: "journey.read",
  input: ListJourneys,
  output: z.object({ items: z.array(JourneyLine), next: z.string().nullable() }),
  says: "Journeys, the latest changed first, with who is on the way",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, state, label, q }) {
    const where: Sql[] = [state ? sql`j.state = ${state}` : sql`j.state <> 'archived'`];
    if (label) where.push(sql`${label} = ANY(j.labels)`);
    if (q) where.push(sql`strpos(lower(j.name), lower(${q})) > 0`);
    const [at, id] = fromCursor(cursor) ?? [];
    if (typeof at === "number" && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id))
      where.push(sql`(j.updated_at, j.id) < (${new Date(at)}::timestamptz, ${id}::uuid)`);
    const rows = await readJourneyLines(
      tx,
      workspace,
      join(where, " AND "),
      sql`j.updated_at DESC, j.id DESC`,
      new Date(now.getTime() - WEEK),
      limit + 1,
    );
    return ok(page(rows, limit, (journey) => [journey.updatedAt.getTime(), journey.id]));
  },
});
