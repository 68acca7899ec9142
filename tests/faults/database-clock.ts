import { engine, sql } from "@/platform/db";

/**
 * Lets the database's clock be set: what the product reads as now() and clock_timestamp() is found on the search path before Postgres's own.
 * The server's inner clock (statement time-outs, its log) goes on. Takes effect on connections opened afterwards.
 */
export async function makeClockSettable(): Promise<void> {
  await engine(async (tx) => {
    for (const statement of [
      sql`CREATE SCHEMA faults`,
      sql`CREATE TABLE faults.clock (off interval NOT NULL)`,
      sql`INSERT INTO faults.clock VALUES ('0')`,
      sql`CREATE FUNCTION faults.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
        AS 'SELECT pg_catalog.clock_timestamp() + (SELECT off FROM faults.clock)'`,
      sql`CREATE FUNCTION faults.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
        AS 'SELECT pg_catalog.now() + (SELECT off FROM faults.clock)'`,
      sql`GRANT USAGE ON SCHEMA faults TO PUBLIC`,
      sql`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = faults, pg_catalog, public', current_database()); END $$`,
    ])
      await tx.run(statement);
  });
}

/** Sets the database's clock off by so much, at once. */
export async function setClock(hours: number): Promise<void> {
  await engine((tx) => tx.run(sql`UPDATE faults.clock SET off = ${`${hours} hours`}::interval`));
}
