import { z } from "zod";
import { idsInput, page, pageInput } from "@/core/cursor";
import { segmentsConductor } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { Rule } from "@/core/rules/schema";
import { join, json, keyset, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { askedWhere } from "../members/where";
import { ensureSegments } from "../rings/conductors";
import { ring } from "../rings/ring";
import { readSegments, SegmentView } from "./view";

const Name = z.string().trim().min(1).max(120);

export const createSegment = useCase({
  may: "segment.write",
  input: z.strictObject({ name: Name, rule: Rule }),
  output: SegmentView,
  audit: "segment.created",
  says: "Make a segment of members by a rule",
  async run({ tx, actor: { workspace }, now, newId }, { name, rule }) {
    const readable = await askedWhere(tx, workspace, rule, now);
    if (!readable.ok) return readable;
    const id = newId();
    await ensureSegments(tx, workspace);
    await tx.run(
      sql`INSERT INTO segment (workspace_id, id, name, rule, created_at, updated_at) VALUES (${workspace}, ${id}, ${name}, ${json(rule)}, ${now}, ${now})`,
    );
    await ring(tx, workspace, [segmentsConductor(workspace)]);
    const [made] = await readSegments(tx, workspace, sql`s.id = ${id}`, 1);
    return made ? ok(made) : refuse("not_found");
  },
});

export const updateSegment = useCase({
  may: "segment.write",
  input: z.strictObject({
    segment: z.uuid(),
    name: Name.optional(),
    rule: Rule.optional(),
    tells: z
      .boolean()
      .default(false)
      .describe(
        "members whom the new rule brings in or out start journeys that wait for it; otherwise only later changes do",
      ),
  }),
  output: SegmentView,
  audit: "segment.updated",
  says: "Change a segment; what is left out stays",
  async run({ tx, actor: { workspace }, now }, { segment, name, rule, tells }) {
    const readable = rule ? await askedWhere(tx, workspace, rule, now) : undefined;
    if (readable && !readable.ok) return readable;
    // A new rule is built from the first member on; the revision tells every process that its copy is old.
    await tx.run(sql`
      UPDATE segment SET name = coalesce(${name ?? null}, name), rule = coalesce(${rule ? json(rule) : null}::jsonb, rule), revision = revision + 1, updated_at = ${now}${
        rule ? sql`, state = 'building', position = NULL, is_told = ${tells}` : sql``
      }
      WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`);
    if (rule) {
      await ensureSegments(tx, workspace);
      await ring(tx, workspace, [segmentsConductor(workspace)]);
    }
    const [changed] = await readSegments(tx, workspace, sql`s.id = ${segment}`, 1);
    return changed ? ok(changed) : refuse("not_found", "no such segment");
  },
});

const KEYS = {
  created: { key: sql`s.created_at`, is: "instant" },
  changed: { key: sql`s.updated_at`, is: "instant" },
  name: { key: sql`s.name`, is: "text" },
} as const;
const OF = { created: "createdAt", changed: "updatedAt", name: "name" } as const;

export const listSegments = useCase({
  may: "segment.read",
  input: z.object({
    ...pageInput,
    ...idsInput,
    q: z.string().trim().max(120).optional().describe("a part of its name"),
    state: z.enum(["building", "live"]).optional(),
    sort: z.enum(["created", "changed", "name"]).default("created"),
    order: z.enum(["asc", "desc"]).default("desc"),
  }),
  output: z.object({ items: z.array(SegmentView), next: z.string().nullable() }),
  says: "Segments, newest first unless asked",
  async run({ tx, actor: { workspace } }, { limit, q, ids, state, ...sorting }) {
    const where = [sql`true`];
    if (q) where.push(sql`strpos(lower(s.name), lower(${q})) > 0`);
    if (ids) where.push(sql`s.id = ANY(${ids}::uuid[])`);
    if (state) where.push(sql`s.state = ${state}`);
    const { by, beyond, place } = keyset(sorting, KEYS, sql`s.id`);
    if (beyond) where.push(beyond);
    const segments = await readSegments(tx, workspace, join(where, " AND "), limit + 1, by);
    return ok(page(segments, limit, (segment) => place(segment[OF[sorting.sort]], segment.id)));
  },
});

export const getSegment = useCase({
  may: "segment.read",
  input: z.object({ segment: z.uuid() }),
  output: SegmentView,
  says: "One segment",
  async run({ tx, actor: { workspace } }, { segment }) {
    const [found] = await readSegments(tx, workspace, sql`s.id = ${segment}`, 1);
    return found ? ok(found) : refuse("not_found", "no such segment");
  },
});
