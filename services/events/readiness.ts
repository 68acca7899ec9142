import { setTimeout as pause } from "node:timers/promises";
import { engine, sql } from "@/platform/db";

const PATIENCE_MS = 2_000;

/** Why events cannot be taken right now, or undefined when they can: the database answers in time and has our tables. */
export async function readiness(): Promise<string | undefined> {
  const stop = new AbortController();
  const late = pause(PATIENCE_MS, "the database does not answer in time", { signal: stop.signal }).catch(
    () => undefined,
  );
  try {
    return await Promise.race([
      late,
      engine(async (tx) => {
        const lane = await tx.one(sql`SELECT id FROM lane LIMIT 1`);
        return lane ? undefined : "the database is not migrated";
      }),
    ]);
  } catch {
    return "the database is not reachable or not migrated";
  } finally {
    stop.abort();
  }
}
