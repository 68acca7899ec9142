import { z } from "zod";
import { type AuditAction, auditActions, isAuditAction, THINGS, type Thing } from "@/core/audit/actions";
import { fromCursor, page, pageInput, toCursor } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { OfferNames } from "@/core/loyalty/offer-name";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { inSpan } from "../workspaces/in-span";
import { periodInput, spanOf } from "../workspaces/period";
import { factsOf } from "./facts";
import { type Fold, foldPrograms, type Seen } from "./fold";
import { namesOf } from "./names";
import { type Ref, refsIn } from "./refs";
import { searched, wordsIn } from "./search";

const Named = z.object({
  thing: z.enum(THINGS),
  id: z.string(),
  name: z.string().nullable(),
  names: OfferNames.optional().describe("of an offer, in each of its languages"),
});
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
  folded: z
    .object({ count: z.int(), newest: z.string(), oldest: z.string(), from: Instant, to: Instant })
    .nullable()
    .describe(
      "so many lines of one program that did the same, told as one; the list gives them with `newest` and `oldest`",
    ),
});
export type AuditLine = z.infer<typeof AuditLine>;

const ListAudit = z.object({
  ...pageInput,
  actor: z.string().max(200).optional().describe("a signature; or people, keys, system"),
  thing: z.enum(THINGS).optional(),
  action: z.string().max(60).optional(),
  subject: z.string().max(64).optional().describe("the id of a thing: all that was done to it"),
  newest: z.uuid().optional().describe("no line after this one"),
  oldest: z.uuid().optional().describe("no line before this one"),
  ...periodInput,
  q: z.string().trim().max(120).optional().describe("a word of what was done, or of the name of its thing or member"),
  order: z.enum(["asc", "desc"]).default("desc").describe("by when it was done"),
  fold: z
    .enum(["none", "programs"])
    .default("none")
    .describe(
      "programs: tell what keys and the system did again and again as one line, between two lines of people; a search by `q` finds the lines themselves",
    ),
});
const PROGRAMS = new Map([
  ["keys", "key:"],
  ["system", "system:"],
]);
/** Lines looked at for one folded page: a flood that is longer goes on in the next. They are read in slices that grow until the page is full. */
const MOST_FOLDED = 10_000;
const FIRST_SLICE = 250;
const GROWS_BY = 4;
type Row = {
  id: string;
  at: Date;
  actor: string;
  actorName: string | null;
  action: string;
  subject: string | null;
  detail: unknown;
};

/** Ids are made as things happen, so the primary key is the order; by thing and person by audit_subject, audit_actor and audit_people. */
export const listAudit = useCase({
  may: "audit.read",
  input: ListAudit,
  output: z.object({ items: z.array(AuditLine), next: z.string().nullable() }),
  says: "Who did what to which thing, newest first. A page of a search by words may hold fewer than its limit, or none, and have a next",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, q, order, fold, ...narrow }) {
    const { actor, thing, action, subject, newest, oldest, ...period } = narrow;
    const where = [sql`a.workspace_id = ${workspace}`];
    const [before] = fromCursor(cursor) ?? [];
    if (typeof before === "string" && isUuid(before))
      where.push(order === "asc" ? sql`a.id > ${before}::uuid` : sql`a.id < ${before}::uuid`);
    if (newest) where.push(sql`a.id <= ${newest}::uuid`);
    if (oldest) where.push(sql`a.id >= ${oldest}::uuid`);
    const kind = PROGRAMS.get(actor ?? "");
    // In the very words of the index audit_people.
    if (actor === "people") where.push(sql`starts_with(a.actor, 'user:')`);
    else if (kind) where.push(sql`starts_with(a.actor, ${kind})`);
    else if (actor) where.push(sql`a.actor = ${actor}`);
    if (thing) where.push(sql`a.action = ANY(${actionsOf(thing)}::text[])`);
    if (action) where.push(sql`a.action = ${action}`);
    if (subject) where.push(sql`a.subject = ${subject}`);
    where.push(...inSpan(await spanOf(tx, workspace, period, now), { at: sql`a.at`, id: sql`a.id` }));
    const way = order === "asc" ? sql`a.id ASC` : sql`a.id DESC`;
    if (q) {
      const words = await wordsIn(tx, workspace, q);
      const { lines, next } = await searched(tx, { where, words, order, limit }, (among, most) =>
        read(tx, among, way, most),
      );
      return ok({ items: await inWords(tx, workspace, lines), next: next === null ? null : toCursor([next]) });
    }
    // A search was for lines, and of people nothing folds.
    if (fold === "none" || actor === "people") {
      const rows = await read(tx, where, way, limit + 1);
      return ok(page(await inWords(tx, workspace, rows), limit, ({ id }) => [id]));
    }
    const { folds, next } = await readFolded(tx, where, order, limit);
    const of = new Map(folds.map((one) => [one.first.id, one]));
    const rows = await read(
      tx,
      [sql`a.workspace_id = ${workspace}`, sql`a.id = ANY(${[...of.keys()]}::uuid[])`],
      way,
      limit,
    );
    const items = (await inWords(tx, workspace, rows)).map((line) => asFolded(line, of.get(line.id)));
    return ok({ items, next: next === null ? null : toCursor([next]) });
  },
});

/** Looks little further than a page of folded lines needs. `next`: the last line in it, where more follow. */
async function readFolded(
  tx: Tx,
  where: readonly Sql[],
  order: "asc" | "desc",
  limit: number,
): Promise<{ folds: Fold[]; next: string | null }> {
  const [way, past] = order === "asc" ? [sql`ASC`, sql`>`] : [sql`DESC`, sql`<`];
  const seen: Seen[] = [];
  for (let slice = FIRST_SLICE; ; slice *= GROWS_BY) {
    const wanted = Math.min(slice, MOST_FOLDED + 1 - seen.length);
    const from = seen.at(-1);
    const beyond = from ? [...where, sql`a.id ${past} ${from.id}::uuid`] : where;
    const rows = await tx.rows<Seen>(sql`
      SELECT a.id, a.at, a.actor, a.action FROM audit a WHERE ${join(beyond, " AND ")} ORDER BY a.id ${way} LIMIT ${wanted}`);
    seen.push(...rows);
    const { folds, last } = foldPrograms(seen.slice(0, MOST_FOLDED), limit);
    if (last && last.id !== seen.at(-1)?.id) return { folds, next: last.id };
    if (rows.length < wanted) return { folds, next: null };
  }
}

const read = (tx: Tx, where: readonly Sql[], order: Sql, limit: number): Promise<Row[]> =>
  tx.rows<Row>(sql`
    SELECT a.id, a.at, a.actor, a.action, a.subject, a.detail, coalesce(u.name, k.name) AS "actorName"
    FROM audit a
    LEFT JOIN "user" u ON a.actor = 'user:' || u.id
    LEFT JOIN api_key k ON k.workspace_id = a.workspace_id AND a.actor = 'key:' || k.id
    WHERE ${join(where, " AND ")} ORDER BY ${order} LIMIT ${limit}`);

async function inWords(tx: Tx, workspace: WorkspaceId, rows: readonly Row[]): Promise<AuditLine[]> {
  const lined = rows.map((row) => ({ row, ...refsOf(row), facts: factsOf(row.detail) }));
  const nameOf = await namesOf(
    tx,
    workspace,
    lined.flatMap(({ subject: of, others }) => (of ? [of, ...others] : others)),
  );
  return lined.map(
    ({ row, subject: of, others, facts }): AuditLine => ({
      id: row.id,
      at: row.at,
      actor: { as: asOf(row.actor), signature: row.actor, name: row.actorName },
      action: row.action,
      subject: of && { ...of, ...nameOf(of) },
      others: others.map((ref) => ({ ...ref, ...nameOf(ref) })),
      facts,
      folded: null,
    }),
  );
}

/** Many lines as one: what each of them was about is told by the lines themselves. */
function asFolded(line: AuditLine, fold: Fold | undefined): AuditLine {
  if (!fold || fold.count === 1) return line;
  const { first, last, count } = fold;
  const [oldest, newest] = first.id < last.id ? [first, last] : [last, first];
  return {
    ...line,
    subject: null,
    others: [],
    facts: [],
    folded: { count, newest: newest.id, oldest: oldest.id, from: oldest.at, to: newest.at },
  };
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
