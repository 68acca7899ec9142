import { type Sql, sql } from "@/platform/db";

/** What the list can be sorted by. Absent values sort as the smallest, so that every sort has a total order for its cursor. */
export const MEMBER_SORTS = ["joined", "name", "orders", "spent", "points", "lastOrder", "lastSeen"] as const;
export type MemberSort = (typeof MEMBER_SORTS)[number];
type Column = { key: Sql; cast: Sql; fits: RegExp };

const NUMBER = /^-?\d{1,18}$/;
const INSTANT = /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:?\d\d)?)$/;

/** The sort key over `m` and `a` (points account), the type its text is read back as, and what such a text looks like. */
export const memberOrder = {
  joined: { key: sql`m.joined_at`, cast: sql`timestamptz`, fits: INSTANT },
  name: { key: sql`coalesce(m.name, '')`, cast: sql`text`, fits: /^[^]*$/ },
  orders: { key: sql`m.orders`, cast: sql`int`, fits: /^\d{1,9}$/ },
  spent: { key: sql`m.spent`, cast: sql`bigint`, fits: NUMBER },
  points: { key: sql`coalesce(a.balance, 0)`, cast: sql`bigint`, fits: NUMBER },
  lastOrder: { key: sql`coalesce(m.last_order_at, '-infinity')`, cast: sql`timestamptz`, fits: INSTANT },
  lastSeen: { key: sql`coalesce(m.last_seen_at, '-infinity')`, cast: sql`timestamptz`, fits: INSTANT },
} satisfies Record<MemberSort, Column>;
