import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { engine, type Sql, sql } from "@/platform/db";

const FIRST_PASSWORD = "first-password:";
/** What the mark says where nothing else may be done before the password is replaced; empty where that is only advised. */
export const MUST_CHANGE = "must-change";
export const firstPasswordMark = (user: string): string => `${FIRST_PASSWORD}${user}`;

/** Until when a one-time password serves, of a mark `v`; null where a change is only advised. The mark itself stays: without it the password would be an ordinary one. */
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
