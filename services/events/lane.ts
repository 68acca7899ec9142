import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { byWorkspace, type InboxRow } from "./inbox-row";

/** Takes the turn at a lane until the commit; undefined while another worker has it. `now` is the database's clock. */
export const holdLane = (tx: Tx, lane: number): Promise<{ isIdle: boolean; now: Date } | undefined> =>
  tx.one<{ isIdle: boolean; now: Date }>(sql`
    SELECT is_idle AS "isIdle", clock_timestamp() AS now FROM lane WHERE id = ${lane} FOR UPDATE SKIP LOCKED`);

/** Whoever fills an idle lane tells the workers; a lane at work needs no telling. */
export const setIdle = (tx: Tx, lane: number, isIdle: boolean): void =>
  tx.push(sql`UPDATE lane SET is_idle = ${isIdle} WHERE id = ${lane}`);

/** A member with so many rows of a share crowds it: what lies behind theirs is looked for, as far as that many rows on. */
const CROWDS = 64;
const LOOKS_PAST = 20_000;
/** A look that found nobody is not repeated for so long: it walks all that the member sent. */
const LOOKS_AGAIN_MS = 250;
const foundNobodyAt = new Map<number, number>();

/** Each workspace's oldest rows, an equal share of the turn each (`full`: those with more than it): one with a backlog does not hold up the others. */
export async function oldest(tx: Tx, lane: number, limit: number): Promise<Oldest> {
  const found = await tx.rows<InboxRow & { share: number }>(sql`
    WITH RECURSIVE w AS (
      (SELECT workspace_id FROM inbox WHERE lane = ${lane} ORDER BY workspace_id LIMIT 1)
      UNION ALL
      SELECT (SELECT i.workspace_id FROM inbox i WHERE i.lane = ${lane} AND i.workspace_id > w.workspace_id ORDER BY i.workspace_id LIMIT 1)
      FROM w WHERE w.workspace_id IS NOT NULL),
    share AS (SELECT ceil(${limit}::numeric / greatest(count(workspace_id), 1))::int AS rows FROM w)
    SELECT i.id, i.workspace_id AS workspace, i.member_id AS member, i.event, share.rows AS share
    FROM w, share, LATERAL (
      SELECT id, workspace_id, member_id, event FROM inbox WHERE lane = ${lane} AND workspace_id = w.workspace_id ORDER BY id LIMIT share.rows) i
    ORDER BY i.id LIMIT ${limit}`);
  const share = found[0]?.share ?? 1;
  const rows: InboxRow[] = found;
  const full = [...byWorkspace(rows)].filter(([, own]) => own.length >= share);
  return { rows, full, hasMore: rows.length >= limit || full.length > 0 };
}
type Oldest = { rows: InboxRow[]; full: [WorkspaceId, InboxRow[]][]; hasMore: boolean };

/** A member holds up no others either, of whom a turn takes only so many: where one crowds a full share, the others' rows behind theirs. */
export async function behindCrowders(tx: Tx, lane: number, full: Oldest["full"]): Promise<InboxRow[]> {
  const crowded = full
    .map(([workspace, own]) => ({ workspace, own, crowders: crowdersOf(own) }))
    .filter(({ crowders }) => crowders.length > 0);
  if (
    crowded.length === 0 ||
    performance.now() - (foundNobodyAt.get(lane) ?? Number.NEGATIVE_INFINITY) < LOOKS_AGAIN_MS
  )
    return [];
  const rows: InboxRow[] = [];
  for (const { workspace, own, crowders } of crowded) rows.push(...(await behind(tx, lane, workspace, own, crowders)));
  if (rows.length === 0) foundNobodyAt.set(lane, performance.now());
  return rows;
}

function crowdersOf(rows: readonly InboxRow[]): MemberId[] {
  const counts = new Map<MemberId, number>();
  for (const { member } of rows) counts.set(member, (counts.get(member) ?? 0) + 1);
  return [...counts].flatMap(([member, count]) => (count >= CROWDS ? [member] : []));
}

/** As many of the others' rows behind a share as the crowders took of it. */
const behind = (
  tx: Tx,
  lane: number,
  workspace: WorkspaceId,
  share: readonly InboxRow[],
  crowders: readonly MemberId[],
): Promise<InboxRow[]> =>
  tx.rows<InboxRow>(sql`
    SELECT id, workspace_id AS workspace, member_id AS member, event FROM (
      SELECT id, workspace_id, member_id, event FROM inbox
      WHERE lane = ${lane} AND workspace_id = ${workspace} AND id > ${share.at(-1)?.id ?? 0} ORDER BY id LIMIT ${LOOKS_PAST}) AS i
    WHERE member_id <> ALL(${crowders}::uuid[]) ORDER BY id LIMIT ${share.filter(({ member }) => crowders.includes(member)).length}`);

/** Takes rows that were acted on out of the inbox. */
export function discharge(tx: Tx, lane: number, workspace: WorkspaceId, rows: readonly InboxRow[]): void {
  tx.push(sql`
    DELETE FROM inbox WHERE lane = ${lane} AND workspace_id = ${workspace} AND id = ANY(${rows.map((r) => r.id)}::bigint[])`);
}
