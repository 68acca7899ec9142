import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { Instant } from "@/core/instant";
import { ok } from "@/core/refusals";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { USER_ID } from "./called";
import { MEMBER_SORTS, type MemberSort, memberOrder, NEVER } from "./member-order";
import { memberSearch } from "./member-search";
import { segmentWhere } from "./where";

const Switch = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const ListMembers = z.object({
  ...pageInput,
  q: z.string().trim().max(120).optional().describe("name, phone, email, card or member number, whole or in part"),
  tier: z.string().max(60).optional(),
  tag: z.string().max(80).optional(),
  segment: z.uuid().optional(),
  store: z.uuid().optional().describe("the store where they joined"),
  anonymous: Switch.default(false).describe("true: only visitors who are not known yet"),
  sort: z.enum(MEMBER_SORTS).default("joined"),
  order: z.enum(["asc", "desc"]).default("desc"),
});

export const MemberLine = z.object({
  id: z.string(),
  name: z.string().nullable(),
  userId: z.string().nullable().describe("the first one that their sender's own system told"),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  tier: z.string(),
  isAnonymous: z.boolean(),
  orders: z.int(),
  spent: z.int(),
  points: z.int(),
  tags: z.array(z.string()),
  joinedAt: Instant,
  lastOrderAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
});
export type MemberLine = z.infer<typeof MemberLine>;

/** Of each sort, a line's own value. */
const KEY_OF: { [S in MemberSort]: (line: MemberLine) => string | number | Date } = {
  joined: ({ joinedAt }) => joinedAt,
  name: ({ name }) => name ?? "",
  orders: ({ orders }) => orders,
  spent: ({ spent }) => spent,
  points: ({ points }) => points,
  lastOrder: ({ lastOrderAt }) => lastOrderAt ?? NEVER,
  lastSeen: ({ lastSeenAt }) => lastSeenAt ?? NEVER,
};

/** Counted exactly up to here: beyond, the screen says "more than". */
const COUNTED = 10_000;

/** Members of the workspace, sorted and filtered by the server; `total` comes with the first page, at most 10,001. */
export const listMembers = useCase({
  may: "member.read",
  input: ListMembers,
  output: z.object({
    items: z.array(MemberLine),
    next: z.string().nullable(),
    total: z.int().nullable().describe("with the first page; 10001 = more than 10,000"),
  }),
  says: "Members, searched, filtered and sorted",
  async run({ tx, actor: { workspace }, now }, input) {
    const { limit, q, tier, tag, segment, store, anonymous, ...sorting } = input;
    const where: Sql[] = [
      sql`m.workspace_id = ${workspace}`,
      sql`m.merged_into IS NULL`,
      sql`m.is_anonymous = ${anonymous}`,
    ];
    if (tier) where.push(sql`m.tier = ${tier}`);
    if (store) where.push(sql`m.joined_store_id = ${store}`);
    if (tag)
      where.push(
        sql`EXISTS (SELECT FROM member_tag t WHERE t.workspace_id = m.workspace_id AND t.member_id = m.id AND t.tag = ${tag})`,
      );
    if (q) where.push(await memberSearch(tx, workspace, q));
    if (segment) {
      const inside = await segmentWhere(tx, workspace, segment, now);
      if (!inside.ok) return inside;
      where.push(inside.value);
    }
    const from = sql`member m LEFT JOIN points_account a ON a.workspace_id = m.workspace_id AND a.member_id = m.id`;
    const { by, beyond, place } = keyset(sorting, memberOrder, sql`m.id`);
    const rows = await tx.rows<MemberLine>(sql`
      SELECT m.id, m.name, ${USER_ID} AS "userId", m.phone, m.email, m.tier, m.is_anonymous AS "isAnonymous", m.orders, m.spent, coalesce(a.balance, 0) AS points,
        ARRAY(SELECT t.tag FROM member_tag t WHERE t.workspace_id = m.workspace_id AND t.member_id = m.id ORDER BY t.tag) AS tags,
        m.joined_at AS "joinedAt", m.last_order_at AS "lastOrderAt", m.last_seen_at AS "lastSeenAt"
      FROM ${from}
      WHERE ${join([...where, ...(beyond ? [beyond] : [])], " AND ")}
      ORDER BY ${by}
      LIMIT ${limit + 1}`);
    const total = beyond
      ? null
      : await tx.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM (SELECT FROM ${from} WHERE ${join(where, " AND ")} LIMIT ${COUNTED + 1}) AS counted`);
    return ok({
      ...page(rows, limit, (line) => place(KEY_OF[sorting.sort](line), line.id)),
      total: total?.count ?? null,
    });
  },
});
