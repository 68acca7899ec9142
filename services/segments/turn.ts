import type { MemberId, WorkspaceId } from "@/core/ids";
import { askedOf } from "@/core/rules/reads";
import { FIRST_UUID } from "@/core/uuid";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { loadMembers } from "../members/load";
import { lockMembers } from "../members/lock";
import { type Watched, watchedSegments } from "../plans/watched";
import { announce } from "../rings/announce";
import { type At, keep } from "./keep";

/** Members decided in one transaction: short enough that events of the same members wait little. */
const PAGE = 500;

/**
 * One share of what a workspace's segments ask for beside the events: members whose answer the clock changes, segments that are made,
 * edited or taken away. Each share is one transaction, and where it ended stands in the row, so that a kill loses nothing.
 */
export async function segmentsTurn(workspace: WorkspaceId, limit = PAGE): Promise<"moved" | "idle"> {
  return engine(async (tx) => {
    const place = await tx.one<{ zone: string; now: Date }>(
      sql`SELECT time_zone AS zone, clock_timestamp() AS now FROM workspace WHERE id = ${workspace}`,
    );
    if (!place) return "idle";
    const at: At = { workspace, ...place };
    if (await expire(tx, at, limit)) return "moved";
    return (await build(tx, at, limit)) ? "moved" : "idle";
  });
}

/** Members whose instant has come, in every segment that the clock moves. By segment_member_next. */
async function expire(tx: Tx, at: At, limit: number): Promise<boolean> {
  const due = await tx.rows<{ member: MemberId }>(sql`
    SELECT member_id AS member FROM segment_member WHERE workspace_id = ${at.workspace} AND next_at <= ${at.now} ORDER BY next_at LIMIT ${limit}`);
  if (due.length === 0) return false;
  const ids = [...new Set(due.map(({ member }) => member))].sort();
  const segments = await lockAndWatch(tx, at.workspace, ids);
  const rows = await tx.rows<{ segment: string; member: MemberId }>(sql`
    SELECT segment_id AS segment, member_id AS member FROM segment_member
    WHERE workspace_id = ${at.workspace} AND member_id = ANY(${ids}::uuid[]) AND next_at <= ${at.now}`);
  const members = await load(tx, at, ids, segments);
  const pairs = rows.flatMap(({ segment: id, member: of }) => {
    const segment = segments.find((one) => one.id === id);
    const member = members.get(of);
    return segment && member ? [{ segment, member }] : [];
  });
  await keep(tx, at, pairs, { tells: true });
  // What keep left as it was is the builder's or nobody's any more: it must not be found again.
  tx.push(sql`
    UPDATE segment_member SET next_at = NULL
    WHERE workspace_id = ${at.workspace} AND member_id = ANY(${ids}::uuid[]) AND next_at <= ${at.now}`);
  return true;
}

type Built = { id: string; state: string; position: MemberId | null; isTold: boolean };

/**
 * A page of the first segment that is not as its rule says, by member id. A new segment tells nobody who was in it all along. Its row is locked for
 * writing, not for its key: who holds a member of the page writes rows that point at the segment.
 */
async function build(tx: Tx, at: At, limit: number): Promise<boolean> {
  const { workspace } = at;
  const built = await tx.one<Built>(sql`
    SELECT id, state, position, is_told AS "isTold" FROM segment WHERE workspace_id = ${workspace} AND state <> 'live' ORDER BY id LIMIT 1 FOR NO KEY UPDATE`);
  if (!built) return false;
  if (built.state === "deleted") return remove(tx, workspace, built.id, limit);
  const page = await tx.rows<{ id: MemberId }>(sql`
    SELECT id FROM member WHERE workspace_id = ${workspace} AND id > ${built.position ?? FIRST_UUID} ORDER BY id LIMIT ${limit}`);
  const ids = page.map(({ id }) => id);
  const last = ids.at(-1);
  if (last === undefined) {
    tx.push(
      sql`UPDATE segment SET state = 'live', position = NULL WHERE workspace_id = ${workspace} AND id = ${built.id}`,
    );
    await announce(tx, workspace, "segments");
    return true;
  }
  const segments = (await lockAndWatch(tx, workspace, ids)).filter(({ id }) => id === built.id);
  const members = await load(tx, at, ids, segments);
  const pairs = segments.flatMap((segment) =>
    [...members.values()].map((member) => ({ member, segment: { ...segment, isBuilding: false } })),
  );
  await keep(tx, at, pairs, { tells: built.isTold });
  tx.push(sql`UPDATE segment SET position = ${last} WHERE workspace_id = ${workspace} AND id = ${built.id}`);
  return true;
}

/** Segments are read under the members' locks: whoever holds a member sees how far the builder is. */
async function lockAndWatch(tx: Tx, workspace: WorkspaceId, ids: readonly MemberId[]): Promise<Watched[]> {
  const [, segments] = await Promise.all([lockMembers(tx, workspace, ids), watchedSegments(tx, workspace)]);
  return segments;
}

async function load(tx: Tx, { workspace, now, zone }: At, ids: readonly MemberId[], segments: readonly Watched[]) {
  const asked = askedOf(
    segments.map(({ reads }) => reads),
    now.getTime(),
    zone,
  );
  const members = await loadMembers(tx, workspace, ids, asked);
  const merged = await tx.rows<{ id: MemberId }>(sql`
    SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ANY(${[...ids]}::uuid[]) AND merged_into IS NOT NULL`);
  for (const { id } of merged) members.delete(id);
  return members;
}

async function remove(tx: Tx, workspace: WorkspaceId, segment: string, limit: number): Promise<boolean> {
  const gone = await tx.run(sql`
    DELETE FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${segment} AND member_id IN (
      SELECT member_id FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${segment} ORDER BY member_id LIMIT ${limit * 10})`);
  if (gone === 0) tx.push(sql`DELETE FROM segment WHERE workspace_id = ${workspace} AND id = ${segment}`);
  return true;
}

/** The turn's own predicate: is there anything to do now? */
export async function hasSegmentWork(tx: Tx, workspace: WorkspaceId): Promise<boolean> {
  const found = await tx.one<{ is: boolean }>(sql`
    SELECT EXISTS (SELECT FROM segment WHERE workspace_id = ${workspace} AND state <> 'live')
      OR EXISTS (SELECT FROM segment_member WHERE workspace_id = ${workspace} AND next_at <= (SELECT clock_timestamp())) AS is`);
  return found?.is ?? false;
}

/** When the clock next changes anyone's answer. */
export const nextSegmentChange = (workspace: WorkspaceId): Sql => sql`
  SELECT next_at FROM segment_member WHERE workspace_id = ${workspace} AND next_at IS NOT NULL ORDER BY next_at LIMIT 1`;
