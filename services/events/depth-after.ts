import { sql } from "@/platform/db";

/** The same as `depthAfter` of core/plan/control, of the run `r`. */
export const DEPTH_AFTER = sql`coalesce((r.entry_event ->> 'depth')::int, 0) + 1`;
