import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { engine, sql } from "@/platform/db";
import { migrationsIn } from "@/platform/db/migrate";

const PATIENCE_MS = 2_000;
const folder = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
let wanted: string[] | undefined;

/** Why events cannot be taken right now, or undefined when they can: the database answers in time and has every migration of this code. */
export async function readiness(): Promise<string | undefined> {
  const stop = new AbortController();
  const late = pause(PATIENCE_MS, "the database does not answer in time", { signal: stop.signal }).catch(
    () => undefined,
  );
  try {
    wanted ??= migrationsIn(folder).map(({ name }) => name);
    return await Promise.race([late, missing(wanted)]);
  } catch {
    return "the database is not reachable or not migrated";
  } finally {
    stop.abort();
  }
}

async function missing(names: readonly string[]): Promise<string | undefined> {
  const rows = await engine((tx) =>
    tx.rows<{ name: string }>(sql`
      SELECT n.name FROM unnest(${names}::text[]) AS n(name) WHERE NOT EXISTS (
        SELECT FROM _prisma_migrations m WHERE m.migration_name = n.name AND m.finished_at IS NOT NULL AND m.rolled_back_at IS NULL) ORDER BY 1`),
  );
  return rows.length === 0
    ? undefined
    : `the database lacks ${rows.map(({ name }) => name).join(", ")}: run npm run migrate`;
}
