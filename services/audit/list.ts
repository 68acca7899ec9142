import { z } from "zod";
import { type AuditAction, auditActions, isAuditAction, THINGS, type Thing } from "@/core/audit/actions";
import { fromCursor, page, pageInput } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok } from "@/core/refusals";
import { dayPlus, startOfDay } from "@/core/time/day";
import { isUuid } from "@/core/uuid";
import { join, name, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { factsOf } from "./facts";
import { namesOf } from "./names";
import { type Ref, refsIn } from "./refs";

const Named = z.object({ thing: z.enum(THINGS), id: z.string(), name: z.string().nullable() });
const AuditLine = z.object({
  id: z.string(),
  at: Instant,
  actor: z.object({
    as: z.enum(["user", "key", "system"]),
    signature: z.string().describe("what the filter `actor` takes"),
    name: z.string().nullable(),
  }),
  action: z.string(),
  subject: Named.nullable().describe("what it was done to"),
  others: z.array(Named).describe("what else its input names"),
  facts: z
    .array(z.object({ field: z.string(), value: z.string(), before: z.string().optional() }))
    .describe(
      "the rest of its input, field by field; of a changed setting also what it was before, empty where it was not set",
    ),
});
export type AuditLine = z.infer<typeof AuditLine>;

const ListAudit = z.object({
  ...pageInput,
  actor: z.string().max(200).optional().describe("a signature; or people, keys, system"),
  thing: z.enum(THINGS).optional(),
  action: z.string().max(60).optional(),
  subject: z.string().max(64).optional().describe("the id of a thing: all that was done to it"),
  from: z.iso.date("should be a day like 2026-11-28").optional().describe("the first day, on the workspace's clocks"),
  to: z.iso.date("should be a day like 2026-11-28").optional().describe("the last day, the whole of it"),
  q: z.string().trim().max(120).optional().describe("a word of what was done, or of the name of its thing or member"),
  order: z.enum(["asc", "desc"]).default("desc").describe("by when it was done"),
});
type Row = {
  id: string;
  at: Date;
  actor: string;
  actorName: string | null;
  action: string;
  subject: string | null;
  detail: unknown;
};

/** Ids are made as things happen, so the primary key is the order; by thing and person by audit_subject and audit_actor. */
export const listAudit = useCase({
  may: "audit.read",
  input: ListAudit,
  output: z.object({ items: z.array(AuditLine), next: z.string().nullable() }),
  says: "Who did what to which thing, newest first",
  async run({ tx, actor: { workspace } }, { cursor, limit, q, order, ...narrow }) {
    const { actor, thing, action, subject, from, to } = narrow;
    const where = [sql`a.workspace_id = ${workspace}`];
    const home = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
    const midnight = (day: string, days: number) => new Date(startOfDay(dayPlus(day, days), home?.zone ?? "UTC"));
    const [before] = fromCursor(cursor) ?? [];
    if (typeof before === "string" && isUuid(before))
      where.push(order === "asc" ? sql`a.id > ${before}::uuid` : sql`a.id < ${before}::uuid`);
    const kind = { people: "user:", keys: "key:", system: "system:" }[actor ?? ""];
    if (kind) where.push(sql`starts_with(a.actor, ${kind})`);
    else if (actor) where.push(sql`a.actor = ${actor}`);
    if (thing) where.push(sql`a.action = ANY(${actionsOf(thing)}::text[])`);
    if (action) where.push(sql`a.action = ${action}`);
    if (subject) where.push(sql`a.subject = ${subject}`);
    if (from) where.push(sql`a.at >= ${midnight(from, 0)}`);
    if (to) where.push(sql`a.at < ${midnight(to, 1)}`);
    if (q) where.push(told(workspace, q));
    const rows = await tx.rows<Row>(sql`
      SELECT a.id, a.at, a.actor, a.action, a.subject, a.detail, coalesce(u.name, k.name) AS "actorName"
      FROM audit a
      LEFT JOIN "user" u ON a.actor = 'user:' || u.id
      LEFT JOIN api_key k ON k.workspace_id = a.workspace_id AND a.actor = 'key:' || k.id
      WHERE ${join(where, " AND ")} ORDER BY a.id ${order === "asc" ? sql`ASC` : sql`DESC`} LIMIT ${limit + 1}`);
    const lined = rows.map((row) => ({ row, ...refsOf(row), facts: factsOf(row.detail) }));
    const nameOf = await namesOf(
      tx,
      workspace,
      lined.flatMap(({ subject: of, others }) => (of ? [of, ...others] : others)),
    );
    const lines = lined.map(
      ({ row, subject: of, others, facts }): AuditLine => ({
        id: row.id,
        at: row.at,
        actor: { as: asOf(row.actor), signature: row.actor, name: row.actorName },
        action: row.action,
        subject: of && { ...of, name: nameOf(of) },
        others: others.map((ref) => ({ ...ref, name: nameOf(ref) })),
        facts,
      }),
    );
    return ok(page(lines, limit, ({ id }) => [id]));
  },
});

/** Lines with a word in their input, or about a thing or member of such a name. */
function told(workspace: WorkspaceId, q: string): Sql {
  const named = join(
    ["journey", "offer", "segment", "store", "merchant", "member"].map(
      (table) =>
        sql`SELECT id::text FROM ${name(table)} WHERE workspace_id = ${workspace} AND strpos(lower(name), lower(${q}::text)) > 0`,
    ),
    " UNION ALL ",
  );
  return sql`(strpos(lower(a.detail::text), lower(${q}::text)) > 0 OR a.subject IN (${named}))`;
}

const actionsOf = (thing: Thing): AuditAction[] =>
  (Object.keys(auditActions) as AuditAction[]).filter((action) => auditActions[action].of === thing);

const asOf = (signature: string): "user" | "key" | "system" =>
  signature.startsWith("user:") ? "user" : signature.startsWith("key:") ? "key" : "system";

/** What a line is about, and what else its input names. */
function refsOf({ action, subject, detail }: Row): { subject: Ref | null; others: Ref[] } {
  const of = isAuditAction(action) ? auditActions[action].of : undefined;
  const main = of && subject !== null ? { thing: of, id: subject } : null;
  const named = Object.entries(typeof detail === "object" && detail !== null ? detail : {}).flatMap(([field, value]) =>
    refsIn(field, value).filter(({ id }) => id !== main?.id),
  );
  return { subject: main, others: named };
}

const Person = z.object({ signature: z.string(), name: z.string(), as: z.enum(["user", "key"]) });

export const listAuditors = useCase({
  may: "audit.read",
  input: z.object({}),
  output: z.object({ items: z.array(Person) }),
  says: "Who can have done something: the people and keys of the workspace, for the audit's filter",
  async run({ tx, actor: { workspace } }) {
    const items = await tx.rows<z.infer<typeof Person>>(sql`
      SELECT 'user:' || u.id AS signature, u.name, 'user' AS as FROM role_grant g JOIN "user" u ON u.id = g.user_id WHERE g.workspace_id = ${workspace}
      UNION ALL
      SELECT 'key:' || k.id, k.name, 'key' FROM api_key k WHERE k.workspace_id = ${workspace}
      ORDER BY "as" DESC, name LIMIT 500`);
    return ok({ items });
  },
});
