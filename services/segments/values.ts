import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import type { Literal } from "@/core/rules/rule";
import { valuesSeen } from "@/core/rules/seen";
import { Counted } from "@/platform/counted";
import { name, type Sql, sql, type Tx, unscoped } from "@/platform/db";
import { useCase } from "../access/use-case";
import { eventsNamed } from "./event-sample";
import { sampleOf } from "./sample";

const COLUMNS = {
  tier: "tier",
  gender: "gender",
  locale: "locale",
  time_zone: "time_zone",
  joined_store: "joined_store_id",
};
const MOST = 50;

const LONGEST = 200;
/** So many different values of an event's field are searched. */
const MOST_SEARCHED = 2_000;

type OfEvent = { values: { value: Literal; count: number }[]; of: number };
const looked = new Counted<OfEvent>(0);

const Listed = z.object({
  items: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count: z.int() })),
  isExact: z.boolean().describe("false: the counts are of a sample; of members scaled up, of events as they are in it"),
  of: z.int().nullable().describe("of how many events the counts are; null of members"),
});
type Listed = z.infer<typeof Listed>;

/**
 * The values that members, or an event's newest, have in a field, as rules compare them (the number 5 is not the text "5"); the most frequent first, so
 * that a rule can be built from what is there.
 */
export const segmentValues = useCase({
  may: "segment.read",
  input: z.object({
    field: z.string().max(700).describe("member.tier, member.tags, member.attributes.city … or event.category …"),
    event: z.string().max(120).optional().describe("whose field it is, of event.…"),
    q: z.string().trim().max(100).default("").describe("only values that contain this"),
  }),
  output: Listed,
  says: "The values members or an event's newest have in a field, with how many have each",
  async run({ tx, actor: { workspace }, now }, { field, event, q }) {
    if (field.startsWith("event.")) {
      if (!event) return refuse("invalid", "of a field of an event, say which event", ["event"]);
      return ok(await ofEvents(tx, workspace, { event, path: field.slice("event.".length), q, now }));
    }
    const source = sourceOf(field);
    return source
      ? ok(await ofMembers(tx, workspace, source, q))
      : refuse(
          "invalid",
          "values are listed of member.tier, tags, gender, locale, time_zone, joined_store and attributes, and of event.…",
          ["field"],
        );
  },
});

type Asked = { event: string; path: string; q: string; now: Date };
async function ofEvents(tx: Tx, workspace: WorkspaceId, { event, path, q, now }: Asked): Promise<Listed> {
  const { value: found } = await looked.of(workspace, `${event} ${path}`, async () => {
    const events = await eventsNamed(tx, workspace, event, now);
    return { values: valuesSeen(events, path).slice(0, MOST_SEARCHED), of: events.length };
  });
  const wanted = q.toLowerCase();
  const items = found.values.filter(({ value }) => {
    const text = String(value);
    return text.length <= LONGEST && text.toLowerCase().includes(wanted);
  });
  return { items: items.slice(0, MOST), isExact: false, of: found.of };
}

const ofMembers = (tx: Tx, workspace: WorkspaceId, source: Sql, q: string): Promise<Listed> =>
  unscoped(tx, async () => {
    const sample = await sampleOf(tx, workspace);
    const rows = await tx.rows<{ value: Literal; count: number }>(sql`
      SELECT v.value, count(*)::int AS count FROM member m, ${source} AS v(value)
      WHERE ${sample.where} AND jsonb_typeof(v.value) IN ('string', 'number', 'boolean') AND v.value <> '""' AND length(v.value #>> '{}') <= ${LONGEST}
        AND strpos(lower(v.value #>> '{}'), lower(${q}::text)) > 0
      GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${MOST}`);
    const items = rows.map(({ value, count }) => ({ value, count: Math.round(count / sample.share) }));
    return { items, isExact: sample.share === 1, of: null };
  });

/** A member's values as rows of one JSON value. */
function sourceOf(field: string): Sql | undefined {
  const [room, ...rest] = field.split(".");
  const key = rest.join(".");
  if (room !== "member" || key === "") return undefined;
  if (key === "tags")
    return sql`LATERAL (SELECT to_jsonb(t.tag) FROM member_tag t WHERE t.workspace_id = m.workspace_id AND t.member_id = m.id)`;
  if (key.startsWith("attributes.")) {
    const attribute = key.slice("attributes.".length);
    return sql`LATERAL (
      SELECT e FROM jsonb_array_elements(
        CASE jsonb_typeof(m.attributes -> ${attribute}::text) WHEN 'array' THEN m.attributes -> ${attribute}::text
          ELSE jsonb_build_array(m.attributes -> ${attribute}::text) END) e)`;
  }
  const column = Object.entries(COLUMNS).find(([known]) => known === key)?.[1];
  return column === undefined ? undefined : sql`LATERAL (SELECT to_jsonb(m.${name(column)}))`;
}
