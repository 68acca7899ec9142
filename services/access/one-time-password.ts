import type { WorkspaceId } from "@/core/ids";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { engine, type Sql, sql, type Tx, unscoped } from "@/platform/db";

const FIRST_PASSWORD = "first-password:";
/**
 * What the mark says of a one-time password. `ADVISED`: its replacement is only advised. `MUST_CHANGE`: nothing else may be done before, and it
 * serves for `ONE_TIME_DAYS`. `OWNER_MUST`: nothing else either, but without an end, since nobody else could give a lone owner a new one.
 */
export const ADVISED = "";
export const MUST_CHANGE = "must-change";
export const OWNER_MUST = "must-change-owner";
export const firstPasswordMark = (user: string): string => `${FIRST_PASSWORD}${user}`;

/** Until when a one-time password serves, of a mark `v`; null where it has no end. The mark itself stays: without it the password would be an ordinary one. */
export const SERVES_UNTIL: Sql = sql`CASE WHEN v.value = ${MUST_CHANGE} THEN v.created_at + make_interval(days => ${ONE_TIME_DAYS}) END`;

/** Whether somebody's password is a one-time one that was not replaced in time: it opens nothing any more, not even its own replacement. */
export const isOverdue = (user: string): Promise<boolean> =>
  engine(
    async (tx) =>
      (await tx.one(
        sql`SELECT FROM verification v WHERE v.identifier = ${firstPasswordMark(user)} AND ${SERVES_UNTIL} <= now()`,
      )) !== undefined,
  );

/** A changed password ends the one-time first one. */
export const forgetFirstPassword = (user: string): Promise<number> =>
  engine((tx) => tx.run(sql`DELETE FROM verification WHERE identifier = ${firstPasswordMark(user)}`));

/** Whether somebody still has the password that was told once. */
export const hasFirstPassword = async (email: string): Promise<boolean> =>
  (await engine((tx) =>
    tx.one(
      sql`SELECT FROM "user" u JOIN verification v ON v.identifier = ${firstPasswordMark("")}::text || u.id WHERE u.email = ${email}`,
    ),
  )) !== undefined;

/** From now on whoever of a workspace still has a password whose replacement was only advised has to replace it before anything else. */
export const demandOwnPasswords = (tx: Tx, workspace: WorkspaceId): Promise<number> =>
  // verification is better-auth's, outside the tenant role's reach.
  unscoped(tx, () =>
    tx.run(sql`
    UPDATE verification v SET value = ${OWNER_MUST} FROM role_grant g
    WHERE g.workspace_id = ${workspace} AND v.identifier = ${firstPasswordMark("")}::text || g.user_id AND v.value = ${ADVISED}`),
  );
