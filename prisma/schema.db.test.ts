import { expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { peek, query, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { owners } from "./owners";
import { reader } from "./reader-harness";
import { described, real } from "./schema-harness";

const read = reader((await database()).url);

it.each(["columns", "indexes", "references"] as const)(
  "describes in Prisma exactly the %s that the migrations made",
  async (part) => {
    const [said, made] = [described()[part], (await real())[part]];
    expect(said.length).toBeGreaterThan(50);
    expect(said).toEqual(made);
  },
);

it("names one owner for every table", async () => {
  const tables = (await real()).columns.map((line) => line.split(".")[0]);
  expect(Object.keys(owners).sort()).toEqual([...new Set(tables)].sort());
});

it("begins every tenant table's primary key with the workspace", async () => {
  const wrong = await peek<{ table: string }>(sql`
    SELECT c.relname AS table FROM pg_class c JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'inbox'
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND k.conkey[1] = w.attnum)`);
  expect(wrong).toEqual([]);
});

it("carries the workspace in every foreign key between tenant tables", async () => {
  const wrong = await peek<{ name: string }>(sql`
    SELECT k.conname AS name FROM pg_constraint k
    JOIN pg_attribute w ON w.attrelid = k.conrelid AND w.attname = 'workspace_id'
    JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attname = 'workspace_id'
    WHERE k.contype = 'f' AND NOT (w.attnum = ANY(k.conkey) AND f.attnum = ANY(k.confkey))`);
  expect(wrong).toEqual([]);
});

it("keeps every tenant table behind row-level security", async () => {
  const open = await peek<{ table: string }>(sql`
    SELECT c.relname AS table FROM pg_class c JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`);
  expect(open).toEqual([]);
});

it("shows a workspace its own rows only, by SQL and by Prisma, and nothing when none is named", async () => {
  const [mine, other] = [await shop(), await shop()];
  const seen = (workspace: WorkspaceId) => query(workspace, (tx) => tx.rows<{ id: string }>(sql`SELECT id FROM offer`));
  expect(await seen(mine.workspace)).toEqual([{ id: mine.offer }]);
  expect(await read(mine.workspace, (prisma) => prisma.offer.findMany({ select: { id: true } }))).toEqual([
    { id: mine.offer },
  ]);
  expect(await seen(other.workspace)).toEqual([{ id: other.offer }]);
  expect(await seen(newId<WorkspaceId>())).toEqual([]);
  const unnamed = await query(mine.workspace, async (tx) => {
    await tx.run(sql`SELECT set_config('regulars.workspace', '', true)`);
    return tx.rows(sql`SELECT id FROM offer`);
  });
  expect(unnamed).toEqual([]);
});
