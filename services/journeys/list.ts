import { z } from "zod";
import { idsInput, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JourneyLine, JourneyState, readJourneyHeads } from "./journey-view";
import { withCounts } from "./line-counts";
import { COUNTS, isCount, listByCount } from "./list-by-count";

const ListJourneys = z.object({
  ...pageInput,
  ...idsInput,
  state: JourneyState.optional(),
  label: z.string().max(60).optional(),
  q: z.string().trim().max(120).optional(),
  sort: z.enum(["changed", "name", ...COUNTS]).default("changed"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
const KEYS = {
  changed: { key: sql`j.updated_at`, is: "instant" },
  name: { key: sql`j.name`, is: "text" },
} as const;
const OF = { changed: "updatedAt", name: "name" } as const;
const WEEK = 7 * 86_400_000;

/** Archived ones only when asked for by their state or their ids. */
export const listJourneys = useCase({
  may: "journey.read",
  input: ListJourneys,
  output: z.object({ items: z.array(JourneyLine), next: z.string().nullable() }),
  says: "Journeys, the latest changed first unless asked, with who is on the way; archived ones only by their state or ids",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, ids, state, label, q, sort, order }) {
    const where: Sql[] = [
      state ? sql`j.state = ${state}` : ids ? sql`true` : sql`j.state <> 'archived'`,
      ...(ids ? [sql`j.id = ANY(${ids}::uuid[])`] : []),
    ];
    if (label) where.push(sql`${label} = ANY(j.labels)`);
    if (q) where.push(sql`strpos(lower(j.name), lower(${q})) > 0`);
    const since = new Date(now.getTime() - WEEK);
    if (isCount(sort))
      return ok(await listByCount(tx, workspace, join(where, " AND "), { sort, order, cursor, limit, since }));
    const { by, beyond, place } = keyset({ sort, order, cursor }, KEYS, sql`j.id`);
    if (beyond) where.push(beyond);
    const heads = await readJourneyHeads(tx, workspace, join(where, " AND "), by, limit + 1);
    const { items, next } = page(heads, limit, (j) => place(j[OF[sort]], j.id));
    return ok({ items: await withCounts(tx, workspace, items, since), next });
  },
});
