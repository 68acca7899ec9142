import { engine, sql } from "@/platform/db";

/** The demo workspace and its owner's address, for the sign-in page; undefined where there is no demo. Tells no secret. */
export const demoDoor = (): Promise<{ workspace: string; email: string } | undefined> =>
  engine((tx) =>
    tx.one<{ workspace: string; email: string }>(sql`
    SELECT w.name AS workspace, u.email
    FROM workspace w
    JOIN role_grant g ON g.workspace_id = w.id AND g.role = 'owner'
    JOIN "user" u ON u.id = g.user_id
    WHERE w.is_demo
    ORDER BY w.created_at, g.granted_at
    LIMIT 1`),
  );
