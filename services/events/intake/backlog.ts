import { engine, sql } from "@/platform/db";
import { gauge } from "@/platform/metrics";

const waiting = gauge("inbox_events", "Accepted events that are not dispatched yet (estimate)");

/** How long an estimate of the backlog is good for. */
const FRESH_MS = 1_000;

/**
 * Watches how many accepted events wait for dispatch: Postgres' own running count of live rows, which costs nothing to read however
 * long the inbox is, asked at most once a second and only while events come in.
 */
export function watchBacklog(): () => number {
  let estimate = 0;
  let askedAt = 0;
  let isAsking = false;
  return () => {
    const now = Date.now();
    if (!isAsking && now - askedAt >= FRESH_MS) {
      isAsking = true;
      askedAt = now;
      engine((tx) => tx.one<{ rows: number }>(sql`SELECT pg_stat_get_live_tuples('inbox'::regclass) AS rows`))
        .then(
          (row) => {
            estimate = row?.rows ?? 0;
            waiting.set(estimate);
          },
          () => {},
        )
        .finally(() => {
          isAsking = false;
        });
    }
    return estimate;
  };
}
