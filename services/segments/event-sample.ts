import type { WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";
import { firstIdOf } from "../workspaces/first-id";

const NEWEST = 20_000;
/** What came seldom or long ago: some of each of so many equal stretches of time. */
const STRETCHES = 50;
const OF_EACH = 1_000;
const SPAN_MS = 400 * 86_400_000;
/** Of one event's name: enough to tell what it holds. */
const WANTED = 1_000;
const ENOUGH = 200;

/**
 * The properties of up to a thousand events of a name: of the newest of all, and where those hold few, of some out of each stretch of the last 400
 * days, so that an event of which one in ten thousand is is found as well. Events have no index by name: by the primary key, whose ids grow with time.
 */
export async function eventsNamed(
  tx: Tx,
  workspace: WorkspaceId,
  event: string,
  now: Date,
): Promise<Record<string, unknown>[]> {
  const of = (sample: Sql) =>
    tx.rows<{ id: string; properties: Record<string, unknown> }>(
      sql`SELECT e.id, e.properties FROM (${sample}) e WHERE e.name = ${event} LIMIT ${WANTED}`,
    );
  const newest = await of(newestOf(workspace));
  const rows = newest.length >= ENOUGH ? newest : [...newest, ...(await of(stretchesOf(workspace, now)))];
  // The last stretch has some of the newest too.
  return [...new Map(rows.map(({ id, properties }) => [id, properties])).values()].slice(0, WANTED);
}

/** The names of the events that came, by the same look. */
export async function eventNames(tx: Tx, workspace: WorkspaceId, now: Date): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    SELECT name FROM (${newestOf(workspace)}) e UNION SELECT name FROM (${stretchesOf(workspace, now)}) o ORDER BY name`);
  return rows.map(({ name }) => name);
}

const newestOf = (workspace: WorkspaceId): Sql => sql`
  SELECT id, name, properties FROM event WHERE workspace_id = ${workspace} ORDER BY id DESC LIMIT ${NEWEST}`;

function stretchesOf(workspace: WorkspaceId, now: Date): Sql {
  const bounds = Array.from({ length: STRETCHES + 1 }, (_, i) =>
    firstIdOf(new Date(now.getTime() - (SPAN_MS * i) / STRETCHES)),
  );
  return sql`
    SELECT o.id, o.name, o.properties FROM unnest(${bounds.slice(1)}::uuid[], ${bounds.slice(0, -1)}::uuid[]) AS s(first, next),
      LATERAL (SELECT id, name, properties FROM event WHERE workspace_id = ${workspace} AND id >= s.first AND id < s.next ORDER BY id LIMIT ${OF_EACH}) o`;
}
