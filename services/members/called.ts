import { sql } from "@/platform/db";

/** The first id that a sender's own system told of member `m`; null: none. */
export const USER_ID = sql`(SELECT i.value FROM identity i WHERE i.workspace_id = m.workspace_id AND i.member_id = m.id AND i.kind = 'userId' ORDER BY i.created_at, i.value LIMIT 1)`;

/** What member `m` is called on screens and in files: by name, else by the id that their sender's own system knows them by. */
export const CALLED = sql`coalesce(m.name, ${USER_ID})`;
