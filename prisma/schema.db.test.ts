import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { peek, query, sql } from "@/platform/db";
import { read } from "@/platform/db/read";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { owners } from "./owners";

await database();

type Column = { table: string; column: string; type: string; isRequired: boolean };

const TYPES: Record<string, string> = {
  "String @db.Uuid": "uuid",
  String: "text",
  "DateTime @db.Timestamptz(3)": "timestamp(3) with time zone",
  "DateTime @db.Date": "date",
  Boolean: "boolean",
  "Json @db.JsonB": "jsonb",
  Json: "jsonb",
  Int: "integer",
  "Int @db.SmallInt": "smallint",
  BigInt: "bigint",
  "String[]": "text[]",
  "String[] @db.Uuid": "uuid[]",
};

/** The columns that schema.prisma describes. */
function described(): Column[] {
  const text = readFileSync(new URL("./schema.prisma", import.meta.url), "utf8");
  return [...text.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    return body.split("\n").flatMap((line): Column[] => {
      const field = /^ {2}(\w+)\s+(String|DateTime|Boolean|Json|Int|BigInt)(\[\])?(\?)?(.*)$/.exec(line);
      if (!field) return [];
      const [, name = "", scalar = "", list = "", optional, rest = ""] = field;
      const native = /@db\.\w+(\(\d+\))?/.exec(rest)?.[0];
      const type = TYPES[`${scalar}${list}${native ? ` ${native}` : ""}`] ?? `unknown: ${line.trim()}`;
      return [{ table, column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name, type, isRequired: !optional }];
    });
  });
}

const real = (): Promise<Column[]> =>
  peek<Column>(sql`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "isRequired"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`);

const inOrder = (columns: Column[]): string[] =>
  columns.map((c) => `${c.table}.${c.column} ${c.type}${c.isRequired ? "" : "?"}`).sort();

it("describes in Prisma exactly the columns that the migrations made", async () => {
  expect(inOrder(described())).toEqual(inOrder(await real()));
});

it("names one owner for every table", async () => {
  expect(Object.keys(owners).sort()).toEqual([...new Set((await real()).map((c) => c.table))].sort());
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
