import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { peek, sql } from "@/platform/db";

/** Lines of postgresql.conf by which the server counts its statements; needs a start. */
export const COUNTED = "shared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track_planning = 'on'\n";

/** Counts from here on. */
export async function countStatements(): Promise<void> {
  await peek(sql`CREATE EXTENSION IF NOT EXISTS pg_stat_statements`);
  await peek(sql`SELECT pg_stat_statements_reset()`);
}

/** Writes each statement's time in the server (planning and execution; waiting for locks and the disk counts) and the pages it touched, the largest sum first. */
export async function writeStatements(file: string): Promise<void> {
  const rows = await peek<{
    ms: number;
    planned: number;
    calls: number;
    rows: number;
    pages: number;
    query: string;
  }>(sql`
    SELECT total_exec_time + total_plan_time AS ms, total_plan_time AS planned, calls, rows, shared_blks_hit + shared_blks_read AS pages, query FROM pg_stat_statements
    ORDER BY 1 DESC LIMIT 100`);
  mkdirSync(dirname(file), { recursive: true });
  const lines = rows.map(
    ({ ms, planned, calls, rows: count, pages, query }) =>
      `${ms.toFixed(0).padStart(8)} ms (planning ${planned.toFixed(0)}) ${String(calls).padStart(7)} calls ${(ms / calls).toFixed(3).padStart(9)} ms each ${String(count).padStart(9)} rows ${(pages / calls).toFixed(0).padStart(7)} pages each  ${query.replaceAll(/\s+/g, " ").trim().slice(0, 160)}`,
  );
  writeFileSync(file, `${lines.join("\n")}\n`);
}
