import type { MemberId, WorkspaceId } from "@/core/ids";
import { normalEmail, normalIdentity, normalPhone } from "@/core/members/identity";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql, type Tx } from "@/platform/db";

/**
 * A condition over `m` for what somebody typed. A whole phone, email, card or other identity is found by its index, and then nothing else is
 * searched: a till must not wait. Otherwise the digits of a phone, or a part of a name or email; that reads the workspace's members through.
 */
export async function memberSearch(tx: Tx, workspace: WorkspaceId, typed: string): Promise<Sql> {
  const whole = await membersNamed(tx, workspace, typed);
  if (whole.length > 0) return sql`m.id = ANY(${whole}::uuid[])`;
  const ways = [sql`strpos(lower(m.name), lower(${typed}::text)) > 0`, sql`strpos(m.email, lower(${typed}::text)) > 0`];
  const digits = typed.replace(/[\s()-]/g, "");
  if (/^\+?\d{3,15}$/.test(digits)) ways.push(sql`strpos(m.phone, ${digits}::text) > 0`);
  return sql`(${join(ways, " OR ")})`;
}

/** The members whom what was typed names whole: by phone, email, card, the sender's own id or number; by indexes, however many there are. */
export async function membersNamed(tx: Tx, workspace: WorkspaceId, typed: string): Promise<MemberId[]> {
  const phone = normalPhone(typed);
  const email = normalEmail(typed);
  const card = normalIdentity("card", typed)?.value;
  const values = [...new Set([phone, email, card, typed].filter((value) => value !== undefined))];
  const rows = await tx.rows<{ id: MemberId }>(sql`
    SELECT member_id AS id FROM identity
    WHERE workspace_id = ${workspace} AND kind = ANY('{phone,email,card,userId,openid}') AND value = ANY(${values}::text[])
    UNION SELECT id FROM member WHERE workspace_id = ${workspace} AND phone = ${phone ?? null}
    UNION SELECT id FROM member WHERE workspace_id = ${workspace} AND email = ${email ?? null}
    UNION SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ${isUuid(typed) ? typed : null}
    LIMIT 200`);
  return rows.map((row) => row.id);
}

/** The ids of all members found by what somebody typed, as a subquery for lists of what belongs to a member. */
export const membersFound = async (tx: Tx, workspace: WorkspaceId, typed: string): Promise<Sql> => sql`(
    SELECT m.id FROM member m
    WHERE m.workspace_id = ${workspace} AND m.merged_into IS NULL AND ${await memberSearch(tx, workspace, typed)})`;
