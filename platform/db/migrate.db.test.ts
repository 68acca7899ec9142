import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Migration, migrate, migrationsIn, tooOld } from "./migrate";

const target = new URL(inject("postgres").url);
target.pathname = `/m_${randomBytes(4).toString("hex")}`;
const url = target.href;
const real = migrationsIn("prisma/migrations");

const ask = async <R extends pg.QueryResultRow>(text: string, address = url): Promise<R[]> => {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<R>(text).finally(() => client.end());
  return rows;
};
const step = (name: string, sql: string): Migration => ({ name, sql, checksum: `of ${sql}`.padEnd(64).slice(0, 64) });

beforeAll(async () => {
  const [first, second] = await Promise.all([migrate(url, real), migrate(url, real)]);
  expect([first, second].map((each) => (each.ok ? each.applied.length : -1)).sort()).toEqual([0, real.length]);
});
afterAll(() => ask(`DROP DATABASE ${target.pathname.slice(1)} WITH (FORCE)`, inject("postgres").url));

describe("migrate", () => {
  it("makes the database, applies each migration once though two start at once, and records it as Prisma does", async () => {
    const rows = await ask<Record<string, unknown>>("SELECT * FROM _prisma_migrations ORDER BY started_at");
    expect(rows.map((row) => row.migration_name)).toEqual(real.map(({ name }) => name));
    expect(rows[0]).toMatchObject({
      checksum: real[0]?.checksum,
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
    });
    expect(rows[0]?.finished_at).toBeInstanceOf(Date);
  });

  it("keeps its own table from tenants", async () => {
    const [row] = await ask<{ may: boolean }>(
      "SELECT has_table_privilege('regulars_tenant', '_prisma_migrations', 'SELECT') AS may",
    );
    expect(row?.may).toBe(false);
  });

  it("leaves nothing of a migration that fails, and goes on when it is mended", async () => {
    const broken = [...real, step("90000000000000_x", "CREATE TABLE half (id int); SELECT 1 / 0")];
    await expect(migrate(url, broken)).rejects.toThrow("Migration 90000000000000_x failed: division by zero");
    expect(await ask("SELECT 1 FROM pg_class WHERE relname = 'half'")).toEqual([]);
    const mended = [...real, step("90000000000000_x", "CREATE TABLE whole (id int)")];
    expect(await migrate(url, mended)).toEqual({ ok: true, applied: ["90000000000000_x"] });
  });

  it("says where it looked for a server that is not there, without the password", async () => {
    expect(await migrate("postgres://me:hush@127.0.0.1:9/shop", real)).toEqual({
      ok: false,
      reason: "unreachable",
      message: expect.stringMatching(
        /^The database cannot be reached at 127\.0\.0\.1:9\/shop \(.*ECONNREFUSED.*DATABASE_URL should/,
      ),
    });
    const wrong = new URL(url);
    wrong.password = "hush-hush";
    const refused = await migrate(wrong.href, real);
    expect(refused).toMatchObject({ ok: false, reason: "unreachable", message: expect.stringContaining("password") });
    expect(JSON.stringify(refused)).not.toContain("hush");
  });

  it.each([
    ["17.6 (Debian 17.6-1)", /is PostgreSQL 17\.6 .*needs PostgreSQL 18 or newer/],
    ["9.6.24", /needs PostgreSQL 18/],
    ["18.4", undefined],
    ["19beta1", undefined],
  ])("takes a server of version 18 and newer: %s", (version, says) => {
    if (says) expect(tooOld(version)).toMatch(says);
    else expect(tooOld(version)).toBeUndefined();
  });

  it("refuses a database that newer code has migrated", async () => {
    expect(await migrate(url, real)).toMatchObject({
      ok: false,
      reason: "newer",
      message: expect.stringContaining("90000000000000_x"),
    });
  });

  it("refuses when a migration was edited after it ran", async () => {
    const edited = [...real, step("90000000000000_x", "CREATE TABLE other (id int)")];
    expect(await migrate(url, edited)).toMatchObject({ ok: false, reason: "changed" });
  });
});
