import { sql } from "@/platform/db";

/** What the address of a message `g` is barred by: a push subscription by its endpoint. */
export const BARRED_AS = sql`CASE WHEN g.channel = 'push' THEN g.address::jsonb ->> 'endpoint' ELSE g.address END`;
