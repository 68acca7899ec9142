import type { WorkspaceId } from "@/core/ids";
import { normalEmail, normalIdentity, normalPhone } from "@/core/members/identity";
import { inTime, join, name, type Sql, sql, type Tx } from "@/platform/db";

/** As long as somebody waits for members by a part of their name; a few million can be looked through. */
const MEMBERS_WITHIN_MS = 700;
/** Things of one kind that a word names; whoever names more asks for a longer word. */
const MOST_NAMED = 1_000;
/** Lines whose words are looked through for one page: some twenty thousand, in less than a second. */
const FIRST_SLICE = 1_000;
const GROWS_BY = 4;
const LAST_SLICE = 16_000;

/**
 * Lines with a word in their input, or about a thing or member of such a name. Members by a part of their name only where that is known soon; one whose phone,
 * email or number is given whole always.
 */
export async function wordsIn(tx: Tx, workspace: WorkspaceId, q: string): Promise<Sql> {
  const alike = (own: Sql) => sql`strpos(lower(${own}), lower(${q}::text)) > 0`;
  const named = (table: string, own: Sql) =>
    sql`(SELECT id::text FROM ${name(table)} WHERE workspace_id = ${workspace} AND ${alike(own)} LIMIT ${MOST_NAMED})`;
  const called = sql`name`;
  const [things, whole] = await Promise.all([
    tx.rows<{ id: string }>(
      join(
        [
          ...["journey", "segment", "store", "merchant"].map((table) => named(table, called)),
          named("offer", sql`concat_ws(chr(10), name, names ->> 'en', names ->> 'zh-CN')`),
        ],
        " UNION ALL ",
      ),
    ),
    membersNumbered(tx, workspace, q),
  ]);
  const members = await inTime(tx, MEMBERS_WITHIN_MS, () => tx.rows<{ id: string }>(named("member", called)));
  const ids = [...things, ...whole, ...(members ?? [])].map(({ id }) => id);
  return sql`(${alike(sql`a.detail::text`)} OR a.subject = ANY(${ids}::text[]))`;
}

/** Members by a phone, email, card or number given whole, off the indexes. */
function membersNumbered(tx: Tx, workspace: WorkspaceId, q: string): Promise<{ id: string }[]> {
  const forms = [normalPhone(q), normalEmail(q), normalIdentity("card", q)?.value, q];
  const values = [...new Set(forms.filter((value) => value !== undefined))];
  return tx.rows<{ id: string }>(sql`
    SELECT member_id::text AS id FROM identity
    WHERE workspace_id = ${workspace} AND kind = ANY('{phone,email,card,userId,openid}') AND value = ANY(${values}::text[])
    UNION SELECT id::text FROM member WHERE workspace_id = ${workspace} AND phone = ANY(${values}::text[])
    UNION SELECT id::text FROM member WHERE workspace_id = ${workspace} AND email = ANY(${values}::text[])
    LIMIT ${MOST_NAMED}`);
}

type Line = { id: string };

/**
 * A page of the lines of `where` that also hold `words`. They may lie far apart among millions: slices of lines are looked at, each larger than the
 * one before, until the page is full or enough was looked at. `next`: where the looking goes on, also of a page that is not full, or empty.
 */
export async function searched<L extends Line>(
  tx: Tx,
  { where, words, order, limit }: { where: readonly Sql[]; words: Sql; order: "asc" | "desc"; limit: number },
  read: (where: readonly Sql[], limit: number) => Promise<L[]>,
): Promise<{ lines: L[]; next: string | null }> {
  const [way, past, till] = order === "asc" ? [sql`ASC`, sql`>`, sql`<=`] : [sql`DESC`, sql`<`, sql`>=`];
  const found: L[] = [];
  let rest = where;
  for (let slice = FIRST_SLICE; ; slice *= GROWS_BY) {
    const last = await tx.one<Line>(sql`
      SELECT a.id FROM audit a WHERE ${join(rest, " AND ")} ORDER BY a.id ${way} OFFSET ${slice - 1} LIMIT 1`);
    const among = [...rest, ...(last ? [sql`a.id ${till} ${last.id}::uuid`] : []), words];
    found.push(...(await read(among, limit + 1 - found.length)));
    if (found.length > limit) return { lines: found.slice(0, limit), next: found[limit - 1]?.id ?? null };
    if (!last) return { lines: found, next: null };
    if (slice >= LAST_SLICE) return { lines: found, next: last.id };
    rest = [...where, sql`a.id ${past} ${last.id}::uuid`];
  }
}
