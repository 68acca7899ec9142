import type { WorkspaceId } from "@/core/ids";
import { normalEmail, normalIdentity, normalPhone } from "@/core/members/identity";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";

/**
 * A condition over `m` for what somebody typed: a whole phone, email, card or other identity, the digits of a phone, or a part of a name
 * or email. A whole identity is found by its index; the parts read the workspace's members through.
 */
export function memberSearch(workspace: WorkspaceId, typed: string): Sql {
  const whole = [normalPhone(typed), normalEmail(typed), normalIdentity("card", typed)?.value, typed].filter(
    (value) => value !== undefined,
  );
  const ways = [
    sql`m.id IN (SELECT i.member_id FROM identity i WHERE i.workspace_id = ${workspace} AND i.kind = ANY('{phone,email,card,userId,openid}') AND i.value = ANY(${[...new Set(whole)]}::text[]))`,
    sql`strpos(lower(m.name), lower(${typed}::text)) > 0`,
    sql`strpos(m.email, lower(${typed}::text)) > 0`,
  ];
  const digits = typed.replace(/[\s()-]/g, "");
  if (/^\+?\d{3,15}$/.test(digits)) ways.push(sql`strpos(m.phone, ${digits}::text) > 0`);
  if (isUuid(typed)) ways.push(sql`m.id = ${typed}::uuid`);
  return sql`(${join(ways, " OR ")})`;
}
