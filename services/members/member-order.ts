import { type SortKey, sql } from "@/platform/db";

/** What the list can be sorted by. Absent values sort as the smallest, so that every sort has a total order for its cursor. */
export const MEMBER_SORTS = ["joined", "name", "orders", "spent", "points", "lastOrder", "lastSeen"] as const;
export type MemberSort = (typeof MEMBER_SORTS)[number];

/** What never was sorts as that long ago. */
export const NEVER = new Date("1900-01-01T00:00:00Z");

/** The sort keys, over `m` (member) and `a` (points account). */
export const memberOrder = {
  joined: { key: sql`m.joined_at`, is: "instant" },
  name: { key: sql`coalesce(m.name, '')`, is: "text" },
  orders: { key: sql`m.orders`, is: "number" },
  spent: { key: sql`m.spent`, is: "number" },
  points: { key: sql`coalesce(a.balance, 0)`, is: "number" },
  lastOrder: { key: sql`coalesce(m.last_order_at, '1900-01-01T00:00:00Z'::timestamptz)`, is: "instant" },
  lastSeen: { key: sql`coalesce(m.last_seen_at, '1900-01-01T00:00:00Z'::timestamptz)`, is: "instant" },
} satisfies Record<MemberSort, SortKey>;
