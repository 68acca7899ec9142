import pg from "pg";
import { peek, sql } from "@/platform/db";

/**
 * The database's clock, standing still wherever it is set: what the product reads as now() and clock_timestamp() is found on the search path
 * before Postgres's own. Call it before the first query, with the url of `database()`.
 */
export async function standingClock(url: string): Promise<{ set(at: number): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      CREATE SCHEMA standing;
      CREATE TABLE standing.clock (at timestamptz NOT NULL);
      INSERT INTO standing.clock VALUES (pg_catalog.now());
      CREATE FUNCTION standing.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER AS 'SELECT at FROM standing.clock';
      CREATE FUNCTION standing.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT at FROM standing.clock';
      GRANT USAGE ON SCHEMA standing TO PUBLIC;
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = standing, pg_catalog, public', current_database()); END $$;`);
  } finally {
    await client.end();
  }
  return {
    async set(at) {
      await peek(sql`UPDATE standing.clock SET at = ${new Date(at)}`);
    },
  };
}
