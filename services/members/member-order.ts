import { type Sql, sql } from "@/platform/db";

/** What the list can be sorted by. Absent values sort as the smallest, so that every sort has a total order for its cursor. */
export const MEMBER_SORTS = ["joined", "name", "orders", "spent", "points", "lastOrder", "lastSeen"] as const;
export type MemberSort = (typeof MEMBER_SORTS)[number];
/** `text`: the key as the cursor keeps it; `cast`: what it is read back as; `fits`: whether a text is such a key, so that a made-up cursor never fails the statement. */
type Column = { key: Sql; text: Sql; cast: Sql; fits(text: string): boolean };

const number = (key: Sql, cast: Sql, digits: number): Column => ({
  key,
  text: sql`${key}::text`,
  cast,
  fits: (text) => /^-?\d+$/.test(text) && text.length <= digits,
});
/** In UTC whatever the session's zone; a time that never was sorts as 1900. */
const instant = (column: Sql): Column => {
  const key = sql`coalesce(${column}, '1900-01-01T00:00:00Z'::timestamptz)`;
  return {
    key,
    text: sql`to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    cast: sql`timestamptz`,
    fits: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  };
};

/** The sort keys, over `m` (member) and `a` (points account). */
export const memberOrder = {
  joined: { ...instant(sql`m.joined_at`), key: sql`m.joined_at` },
  name: { key: sql`coalesce(m.name, '')`, text: sql`coalesce(m.name, '')`, cast: sql`text`, fits: () => true },
  orders: number(sql`m.orders`, sql`int`, 9),
  spent: number(sql`m.spent`, sql`bigint`, 18),
  points: number(sql`coalesce(a.balance, 0)`, sql`bigint`, 18),
  lastOrder: instant(sql`m.last_order_at`),
  lastSeen: instant(sql`m.last_seen_at`),
} satisfies Record<MemberSort, Column>;
