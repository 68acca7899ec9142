import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { gauge } from "@/platform/metrics";

const waiting = gauge("inbox_events", "Accepted events that are not dispatched yet (estimate)");

/** How long an estimate of the backlog is good for. */
const FRESH_MS = 1_000;
/** Rows of a long inbox that are looked at to see whose they are. */
const SAMPLE = 10_000;

export type Backlog = {
  /** Events of everybody that wait. */
  total(): number;
  /** Those of one workspace; known only while more than `most` wait in all, else 0. */
  of(workspace: WorkspaceId): number;
};

/**
 * Watches how many accepted events wait for dispatch: Postgres' own running count of live rows, which costs nothing to read however
 * long the inbox is, asked at most once a second and only while events come in. When more than `most` wait, a sample of the inbox's pages tells
 * whose they are.
 */
export function watchBacklog(most: number): Backlog {
  let seen: Seen = { total: 0, shares: new Map() };
  let askedAt = 0;
  let isAsking = false;
  return {
    total() {
      const now = Date.now();
      if (!isAsking && now - askedAt >= FRESH_MS) {
        isAsking = true;
        askedAt = now;
        look(most)
          .then(
            (now) => {
              seen = now;
              waiting.set(now.total);
            },
            () => {},
          )
          .finally(() => {
            isAsking = false;
          });
      }
      return seen.total;
    },
    of: (workspace) => seen.shares.get(workspace) ?? 0,
  };
}

type Seen = { total: number; shares: ReadonlyMap<WorkspaceId, number> };

const look = (most: number): Promise<Seen> =>
  engine(async (tx) => {
    const row = await tx.one<{ rows: number }>(sql`SELECT pg_stat_get_live_tuples('inbox'::regclass) AS rows`);
    const total = row?.rows ?? 0;
    if (total <= most) return { total, shares: new Map() };
    const percent = Math.min(100, (SAMPLE / total) * 100);
    const sampled = await tx.rows<{ workspace: WorkspaceId; rows: number }>(sql`
      SELECT workspace_id AS workspace, count(*) AS rows FROM inbox TABLESAMPLE SYSTEM (${percent}::float4) GROUP BY workspace_id`);
    return { total, shares: new Map(sampled.map(({ workspace, rows }) => [workspace, (rows * 100) / percent])) };
  });
