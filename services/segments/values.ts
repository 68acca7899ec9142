import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { name, type Sql, sql, unscoped } from "@/platform/db";
import { useCase } from "../access/use-case";
import { sampleOf } from "./sample";

const COLUMNS = {
  tier: "tier",
  gender: "gender",
  locale: "locale",
  time_zone: "time_zone",
  joined_store: "joined_store_id",
};
const MOST = 50;

/** The values that members have in a field, the most frequent first, so that a rule can be built from what is there. */
export const segmentValues = useCase({
  may: "segment.read",
  input: z.object({
    field: z.string().max(200).describe("member.tier, member.tags, member.attributes.city …"),
    q: z.string().trim().max(100).default("").describe("only values that contain this"),
  }),
  output: z.object({
    items: z.array(z.object({ value: z.string(), count: z.int() })),
    isExact: z.boolean().describe("false: the counts are of a sample, scaled up"),
  }),
  says: "The values members have in a field, with how many have each",
  async run({ tx, actor: { workspace } }, { field, q }) {
    const source = sourceOf(field);
    if (!source)
      return refuse(
        "invalid",
        "values are listed of member.tier, tags, gender, locale, time_zone, joined_store and attributes",
        ["field"],
      );
    return unscoped(tx, async () => {
      const sample = await sampleOf(tx, workspace);
      const rows = await tx.rows<{ value: string; count: number }>(sql`
        SELECT v.value, count(*)::int AS count FROM member m, ${source} AS v(value)
        WHERE ${sample.where} AND v.value IS NOT NULL AND v.value <> '' AND length(v.value) <= 200
          AND strpos(lower(v.value), lower(${q}::text)) > 0
        GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${MOST}`);
      const items = rows.map(({ value, count }) => ({ value, count: Math.round(count / sample.share) }));
      return ok({ items, isExact: sample.share === 1 });
    });
  },
});

/** A member's values as rows of one text. */
function sourceOf(field: string): Sql | undefined {
  const [room, ...rest] = field.split(".");
  const key = rest.join(".");
  if (room !== "member" || key === "") return undefined;
  if (key === "tags")
    return sql`LATERAL (SELECT t.tag FROM member_tag t WHERE t.workspace_id = m.workspace_id AND t.member_id = m.id)`;
  if (key.startsWith("attributes.")) {
    const attribute = key.slice("attributes.".length);
    return sql`LATERAL (
      SELECT e #>> '{}' FROM jsonb_array_elements(
        CASE jsonb_typeof(m.attributes -> ${attribute}::text) WHEN 'array' THEN m.attributes -> ${attribute}::text
          ELSE jsonb_build_array(m.attributes -> ${attribute}::text) END) e
      WHERE jsonb_typeof(e) IN ('string', 'number', 'boolean'))`;
  }
  const column = Object.entries(COLUMNS).find(([known]) => known === key)?.[1];
  return column === undefined ? undefined : sql`LATERAL (SELECT m.${name(column)}::text)`;
}
