import { ASKED, START } from "@/core/journey/asking";
import { type Sql, sql } from "@/platform/db";

/** The node of a task `t`, by its root id. */
const NODE = sql`regexp_replace(t.step, '[.][^.]*$', '')`;

/** Whether the run `r` of a task `t` stands where it was asked: at its node and in its lap, at the wait for the answer or on the way to it. */
export const STANDS_AT_IT = sql`(r.lap = t.lap AND (r.step = ${NODE} || ${`.${ASKED}`}::text OR (r.step = ${NODE} || ${`.${START}`}::text AND r.state = 'ready')))`;

/**
 * The publishes that `r` is still to be taken through, as `g`: those from the first on that begins at the version it is on. One that lets it stay or
 * takes it from the task's node ends the way of the task.
 */
const ahead = (what: Sql, more: Sql): Sql => sql`
  (SELECT ${what} FROM mapping g
   WHERE g.workspace_id = r.workspace_id AND g.journey_id = r.journey_id AND g.number >= (
     SELECT min(f.number) FROM mapping f
     WHERE f.workspace_id = r.workspace_id AND f.journey_id = r.journey_id AND f.number > r.mapped AND f.from_plan_id = r.plan_id)
   AND ${more} ORDER BY g.number LIMIT 1)`;
const FATE = sql`g.fates -> ${NODE}`;
/** Not taken along to the same node; where nothing was said of the node, its members are. */
const IS_OTHERWISE = sql`(${FATE} ->> 'is' <> 'move' OR ${FATE} ->> 'to' <> ${NODE})`;

/** The plan that the run `r` of a task `t`, whose journey is `j`, goes on by: its own, or the one that publishes are about to bring it to. */
export const GOES_ON_BY = sql`
  CASE WHEN r.mapped >= j.mappings THEN r.plan_id
  ELSE coalesce(${ahead(sql`g.from_plan_id`, sql`${FATE} ->> 'is' = 'stay'`)}, ${ahead(sql`j.plan_id`, sql`true`)}, r.plan_id) END`;

/** Whether a publish is about to take the run from the task's node. */
const IS_TAKEN_AWAY = sql`coalesce(${ahead(sql`${FATE} ->> 'is' <> 'stay'`, IS_OTHERWISE)}, false)`;

/** What opens such a task in the plan that its run goes on by, as `e`: none where the node is of another kind by now. */
export const OPENS_IT = sql`
  FROM plan p, jsonb_array_elements(p.body -> 'steps' -> t.step -> 'effects') AS e
  WHERE p.workspace_id = t.workspace_id AND p.id = ${GOES_ON_BY} AND e ->> 'type' = 'openTask' AND e ->> 'kind' = t.kind`;

/**
 * Whether what a task `t` brings is still waited for: its run stands at it, and no publish is about to take it away. One that its run has left
 * behind is open for nobody. Plans are read only for runs that a publish has not met yet: what takes them along closes what is not asked any more.
 */
export const WAITED_FOR = sql`EXISTS (
  SELECT FROM run r JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id
  WHERE r.workspace_id = t.workspace_id AND r.id = t.run_id AND r.state IN ('ready', 'parked') AND r.port IS NULL AND ${STANDS_AT_IT}
    AND (r.mapped >= j.mappings OR (NOT ${IS_TAKEN_AWAY} AND EXISTS (SELECT ${OPENS_IT}))))`;
