import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

export type Migration = { name: string; checksum: string; sql: string };
export type Migrated =
  | { ok: true; applied: string[] }
  | { ok: false; reason: "unreachable" | "too_old" | "newer" | "changed" | "unfinished"; message: string };

/** The major version that statements are written for and tests run on. */
const MAJOR = 18;

/** The migrations in a folder, oldest first: <name>/migration.sql, as Prisma lays them. */
export function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

// The number Prisma's own `migrate deploy` locks, so that the two never run at once.
const LOCK = 72707369;

/**
 * Brings a database to the newest migration, making it when it does not exist. One transaction each, under an advisory
 * lock, recorded as Prisma records it. Refuses a server that cannot be reached or is older than PostgreSQL 18, and a database that newer code
 * has migrated or whose past was rewritten.
 */
export async function migrate(url: string, migrations: Migration[]): Promise<Migrated> {
  let client: pg.Client;
  try {
    client = await open(url);
  } catch (error) {
    return { ok: false, reason: "unreachable", message: unreachable(url, error) };
  }
  try {
    const { rows } = await client.query<{ version: string }>("SHOW server_version");
    const old = tooOld(rows[0]?.version ?? "");
    if (old !== undefined) return { ok: false, reason: "too_old", message: old };
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(TABLE);
    const { rows: past } = await client.query<Past>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished", logs
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    const refusal = refuse(past, migrations);
    if (refusal) return refusal;
    const done = new Set(past.map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration);
    return { ok: true, applied: missing.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

/** What is wrong with a server of this version, "17.6 (Debian …)"; undefined = nothing. */
export const tooOld = (version: string): string | undefined =>
  Number.parseInt(version, 10) < MAJOR
    ? `The server of DATABASE_URL is PostgreSQL ${version}; Regulars needs PostgreSQL ${MAJOR} or newer.`
    : undefined;

/** Host, port and database are told, the password is not. */
function unreachable(url: string, error: unknown): string {
  const { hostname, port, pathname } = new URL(url);
  const why = error instanceof AggregateError ? (error.errors[0] as Error).message : String((error as Error).message);
  return `The database cannot be reached at ${hostname}:${port || 5432}${pathname} (${why}). DATABASE_URL should name a PostgreSQL ${MAJOR} that runs, with a user and password that it takes.`;
}

type Past = { name: string; checksum: string; isFinished: boolean; logs: string | null };

const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

function refuse(past: Past[], migrations: Migration[]): Migrated | undefined {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const newer = past.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (newer.length > 0)
    return {
      ok: false,
      reason: "newer",
      message: `The database was migrated by newer code (${newer.join(", ")}). Run that version, or use another database.`,
    };
  const unfinished = past.find(({ isFinished }) => !isFinished);
  if (unfinished)
    return {
      ok: false,
      reason: "unfinished",
      message: `Migration ${unfinished.name} began and never finished${unfinished.logs ? `: ${unfinished.logs}` : ""}. Mend the database, then \`npx prisma migrate resolve\`.`,
    };
  const changed = past.find(({ name, checksum }) => known.get(name)?.checksum !== checksum);
  if (changed)
    return {
      ok: false,
      reason: "changed",
      message: `Migration ${changed.name} was edited after this database ran it. Restore the file, or use another database.`,
    };
  return undefined;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    // A migration may grant the tenant role "all tables"; this one is nobody's business.
    await client.query(`DO $$ BEGIN REVOKE ALL ON _prisma_migrations FROM regulars_tenant;
      EXCEPTION WHEN undefined_object THEN NULL; END $$`);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${migration.name} failed: ${why}`, { cause: error });
  }
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "regulars-migrate" });
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === "3D000")) throw error;
  }
  const target = new URL(url);
  const database = decodeURIComponent(target.pathname.slice(1));
  target.pathname = "/postgres";
  const maker = new pg.Client({ connectionString: target.href });
  await maker.connect();
  try {
    await maker.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
  } catch (error) {
    const isMade = error instanceof pg.DatabaseError && (error.code === "42P04" || error.code === "23505");
    if (!isMade) throw error;
  } finally {
    await maker.end();
  }
  const second = new pg.Client({ connectionString: url, application_name: "regulars-migrate" });
  await second.connect();
  return second;
}
