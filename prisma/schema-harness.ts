import { readFileSync } from "node:fs";
import { peek, sql } from "@/platform/db";

/** What a schema holds, a line each, in an order of its own: so that a difference reads as the line that is too much or missing. */
export type Schema = { columns: string[]; indexes: string[]; references: string[] };

const TYPES: Record<string, string> = {
  "String @db.Uuid": "uuid",
  String: "text",
  "DateTime @db.Timestamptz(3)": "timestamp(3) with time zone",
  "DateTime[] @db.Timestamptz(3)": "timestamp(3) with time zone[]",
  "DateTime @db.Date": "date",
  Boolean: "boolean",
  "Json @db.JsonB": "jsonb",
  Json: "jsonb",
  Int: "integer",
  Float: "double precision",
  "Int @db.SmallInt": "smallint",
  BigInt: "bigint",
  "String[]": "text[]",
  "String[] @db.Uuid": "uuid[]",
};
const ACTIONS: Record<string, string> = {
  NoAction: "NO ACTION",
  Restrict: "RESTRICT",
  Cascade: "CASCADE",
  SetNull: "SET NULL",
  SetDefault: "SET DEFAULT",
};

/** What schema.prisma describes. A name that is left to Prisma stands as it would make it. */
export function described(): Schema {
  const text = readFileSync(new URL("./schema.prisma", import.meta.url), "utf8");
  const models = new Map(
    [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => [
      name,
      modelOf(name, body),
    ]),
  );
  const schema: Schema = { columns: [], indexes: [], references: [] };
  for (const model of models.values()) {
    schema.columns.push(...model.fields.map((field) => columnOf(model, field)));
    schema.indexes.push(...indexesOf(model));
    for (const { rest, type } of model.relations) {
      const target = models.get(type);
      if (target) schema.references.push(referenceOf(model, target, rest));
    }
  }
  return sorted(schema);
}

type Field = { name: string; column: string; type: string; isList: boolean; isOptional: boolean; rest: string };
type Model = {
  table: string;
  body: string;
  fields: Field[];
  relations: { type: string; rest: string }[];
  column(field: string): string;
};

function modelOf(name: string, body: string): Model {
  const fields: Field[] = [];
  const relations: Model["relations"] = [];
  for (const line of body.split("\n")) {
    const [, field = "", type = "", list, optional, rest = ""] = /^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/.exec(line) ?? [];
    if (!field) continue;
    if (/^(String|DateTime|Boolean|Json|Int|BigInt|Float|Decimal|Bytes)$/.test(type))
      fields.push({
        name: field,
        column: mapped(rest) ?? field,
        type,
        isList: list !== undefined,
        isOptional: optional !== undefined,
        rest,
      });
    else if (rest.includes("fields:")) relations.push({ type, rest });
  }
  const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
  const columns = new Map(fields.map((field) => [field.name, field.column]));
  return { table, body, fields, relations, column: (field) => columns.get(field) ?? `?${field}` };
}

const mapped = (rest: string): string | undefined => /@map\("(\w+)"\)/.exec(rest)?.[1];

function columnOf({ table }: Model, { column, type, isList, isOptional, rest }: Field): string {
  const native = /@db\.\w+(\(\d+\))?/.exec(rest)?.[0];
  const said = TYPES[`${type}${isList ? "[]" : ""}${native ? ` ${native}` : ""}`] ?? `unknown ${type} ${native}`;
  return `${table}.${column} ${said}${isOptional ? "" : " NOT NULL"}${defaultOf(rest)}`;
}

function defaultOf(rest: string): string {
  const said = /@default\(((?:"[^"]*"|\([^()]*\)|[^()])*)\)/.exec(rest)?.[1];
  if (said === undefined) return "";
  if (said === "now()") return " DEFAULT now()";
  if (said === "autoincrement()") return " DEFAULT its sequence";
  return ` DEFAULT ${said === "[]" ? "{}" : said.replace(/^"(.*)"$/, "$1")}`;
}

function indexesOf(model: Model): string[] {
  const lines = model.fields.flatMap(({ name, rest }) => [
    ...(/@id\b/.test(rest) ? [indexLine(model, "PRIMARY KEY", `[${name}]`, "", `${model.table}_pkey`)] : []),
    ...(/@unique\b/.test(rest)
      ? [
          indexLine(
            model,
            "UNIQUE",
            `[${name}]`,
            rest.slice(rest.indexOf("@unique")),
            `${model.table}_${model.column(name)}_key`,
          ),
        ]
      : []),
  ]);
  const kinds = { id: "PRIMARY KEY", unique: "UNIQUE", index: "INDEX" } as const;
  for (const [, kind = "", of = "", rest = ""] of model.body.matchAll(
    /^ {2}@@(id|unique|index)\((\[[^\]]*\])(.*)\)$/gm,
  )) {
    const columns = fieldsIn(of).map(({ field }) => model.column(field));
    const named = {
      id: `${model.table}_pkey`,
      unique: `${[model.table, ...columns].join("_")}_key`,
      index: `${[model.table, ...columns].join("_")}_idx`,
    };
    lines.push(indexLine(model, kinds[kind as keyof typeof kinds], of, rest, named[kind as keyof typeof named]));
  }
  return lines;
}

const fieldsIn = (of: string): { field: string; isDescending: boolean }[] =>
  [...of.matchAll(/(\w+)(?:\(sort: (Asc|Desc)\))?/g)].map(([, field = "", sort]) => ({
    field,
    isDescending: sort === "Desc",
  }));

function indexLine(model: Model, kind: string, of: string, rest: string, otherwise: string): string {
  const columns = fieldsIn(of).map(({ field, isDescending }) => model.column(field) + (isDescending ? " DESC" : ""));
  return `${/map: "(\w+)"/.exec(rest)?.[1] ?? otherwise}: ${kind} ${model.table} (${columns.join(", ")})`;
}

function referenceOf(model: Model, target: Model, rest: string): string {
  const list = (name: string, of: Model): string =>
    (new RegExp(`${name}: \\[([^\\]]*)\\]`).exec(rest)?.[1] ?? "")
      .split(",")
      .map((field) => of.column(field.trim()))
      .join(", ");
  const action = (name: string): string =>
    ACTIONS[new RegExp(`${name}: (\\w+)`).exec(rest)?.[1] ?? ""] ?? "Prisma's own";
  const columns = list("fields", model);
  const name = /map: "(\w+)"/.exec(rest)?.[1] ?? `${model.table}_${columns.replaceAll(", ", "_")}_fkey`;
  return `${name}: ${model.table} (${columns}) -> ${target.table} (${list("references", target)}) ON DELETE ${action("onDelete")} ON UPDATE ${action("onUpdate")}`;
}

/**
 * What the database's catalogues hold of it. Of indexes those that Prisma has words for: by columns, over all rows. Those over some rows, over
 * expressions or with further columns stand in the migrations alone, as does what a generated column is generated from.
 */
export async function real(): Promise<Schema> {
  const tables = sql`c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`;
  const [columns, indexes, references] = await Promise.all([
    peek<{ line: string }>(sql`
      SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || CASE WHEN a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' THEN ' DEFAULT its sequence'
          WHEN a.attgenerated <> '' THEN ''
          ELSE COALESCE(' DEFAULT ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(.*)''::[a-z]+(\\[\\])?$', '\\1'), '') END AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE ${tables}`),
    peek<{ line: string }>(sql`
      SELECT i.relname || ': ' || CASE WHEN x.indisprimary THEN 'PRIMARY KEY ' WHEN x.indisunique THEN 'UNIQUE ' ELSE 'INDEX ' END || c.relname || ' ('
        || (SELECT string_agg(a.attname || CASE x.indoption[k.at - 1] WHEN 0 THEN '' WHEN 3 THEN ' DESC' ELSE ' with nulls elsewhere' END, ', ' ORDER BY k.at)
            FROM unnest(x.indkey::int[]) WITH ORDINALITY AS k(attnum, at) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum)
        || ')' AS line
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_am m ON m.oid = i.relam
      WHERE ${tables} AND x.indpred IS NULL AND x.indexprs IS NULL AND x.indnatts = x.indnkeyatts AND m.amname = 'btree' AND NOT x.indnullsnotdistinct
        AND NOT EXISTS (SELECT FROM unnest(x.indclass::oid[]) AS o JOIN pg_opclass p ON p.oid = o WHERE NOT p.opcdefault)`),
    peek<{ line: string }>(sql`
      SELECT k.conname || ': ' || c.relname || ' (' || ${columnsOf(sql`k.conrelid`, sql`k.conkey`)} || ') -> ' || f.relname || ' ('
        || ${columnsOf(sql`k.confrelid`, sql`k.confkey`)} || ') ON DELETE ' || ${actionOf(sql`k.confdeltype`)} || ' ON UPDATE ' || ${actionOf(sql`k.confupdtype`)} AS line
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
      WHERE ${tables} AND k.contype = 'f' AND k.conparentid = 0`),
  ]);
  const lines = (rows: { line: string }[]): string[] => rows.map(({ line }) => line);
  return sorted({ columns: lines(columns), indexes: lines(indexes), references: lines(references) });
}

type Part = ReturnType<typeof sql>;
const columnsOf = (table: Part, numbers: Part): Part =>
  sql`(SELECT string_agg(a.attname, ', ' ORDER BY n.at) FROM unnest(${numbers}) WITH ORDINALITY AS n(attnum, at)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = n.attnum)`;
const actionOf = (kind: Part): Part =>
  sql`CASE ${kind} WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END`;

const sorted = ({ columns, indexes, references }: Schema): Schema => ({
  columns: columns.sort(),
  indexes: indexes.sort(),
  references: references.sort(),
});
