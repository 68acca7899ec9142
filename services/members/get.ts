import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { readBalance } from "../points/balance";

const Consent = z.object({
  channel: z.string(),
  purpose: z.string(),
  isGranted: z.boolean(),
  source: z.string(),
  at: Instant,
});
export const MemberView = z.object({
  id: z.string(),
  isAnonymous: z.boolean(),
  mergedInto: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  birthday: z.string().nullable(),
  gender: z.string().nullable(),
  tier: z.string(),
  joinedAt: Instant,
  joinedStore: z.string().nullable(),
  joinedStoreName: z.string().nullable(),
  orders: z.int(),
  spent: z.int(),
  firstOrderAt: Instant.nullable(),
  lastOrderAt: Instant.nullable(),
  visits: z.int(),
  lastVisitAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  attributes: z.record(z.string(), z.unknown()),
  tags: z.array(z.object({ tag: z.string(), source: z.string(), at: Instant, isSensitive: z.boolean() })),
  identities: z.array(z.object({ kind: z.string(), value: z.string(), isProven: z.boolean(), at: Instant })),
  consents: z.array(Consent),
  suppressions: z.array(z.object({ channel: z.string(), address: z.string(), reason: z.string(), at: Instant })),
  points: z.object({ balance: z.int(), expiring: z.array(z.object({ points: z.int(), lastDay: z.string() })) }),
  coupons: z.object({ usable: z.int(), redeemed: z.int() }),
  runs: z.object({ live: z.int(), ended: z.int() }),
});
export type MemberView = z.infer<typeof MemberView>;
type Row = Omit<MemberView, "tags" | "identities" | "consents" | "suppressions" | "points" | "coupons" | "runs"> & {
  zone: string;
};

/** One member with everything the profile shows; balances as they are after the last write. */
export const getMember = useCase({
  may: "member.read",
  input: z.object({ member: z.uuid() }),
  output: MemberView,
  says: "One member: details, identities, consents, tags, balances",
  async run({ tx, actor: { workspace }, now }, { member }) {
    const row = await tx.one<Row>(sql`
      SELECT m.id, m.is_anonymous AS "isAnonymous", m.merged_into AS "mergedInto", m.name, m.phone, m.email, m.locale, m.time_zone AS "timeZone", m.birthday, m.gender, m.tier,
        m.joined_at AS "joinedAt", m.joined_store_id AS "joinedStore", s.name AS "joinedStoreName", m.orders, m.spent, m.first_order_at AS "firstOrderAt", m.last_order_at AS "lastOrderAt",
        m.visits, m.last_visit_at AS "lastVisitAt", m.last_seen_at AS "lastSeenAt", m.attributes, w.time_zone AS zone
      FROM member m
      JOIN workspace w ON w.id = m.workspace_id
      LEFT JOIN store s ON s.workspace_id = m.workspace_id AND s.id = m.joined_store_id
      WHERE m.workspace_id = ${workspace} AND m.id = ${member}`);
    if (!row) return refuse("not_found", "no such member");
    const { zone, ...known } = row;
    const id = known.id as MemberId;
    const points = await readBalance(tx, workspace, id, dayOf(now.getTime(), zone));
    return ok<MemberView>({
      ...known,
      ...(await around(tx, workspace, id)),
      points,
      ...(await counts(tx, workspace, id, now)),
    });
  },
});

async function around(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
): Promise<Pick<MemberView, "tags" | "identities" | "consents" | "suppressions">> {
  const tags = await tx.rows<MemberView["tags"][number]>(sql`
    SELECT t.tag, t.source, t.at, d.is_sensitive AS "isSensitive"
    FROM member_tag t JOIN tag d ON d.workspace_id = t.workspace_id AND d.name = t.tag
    WHERE t.workspace_id = ${workspace} AND t.member_id = ${member} ORDER BY t.tag`);
  // A push subscription's value holds keys: its end is enough to tell devices apart.
  const identities = await tx.rows<MemberView["identities"][number]>(sql`
    SELECT kind, CASE WHEN kind = 'push' THEN '…' || right(value, 12) ELSE value END AS value, is_proven AS "isProven", created_at AS at
    FROM identity WHERE workspace_id = ${workspace} AND member_id = ${member} ORDER BY kind, created_at`);
  const consents = await tx.rows<MemberView["consents"][number]>(sql`
    SELECT channel, purpose, is_granted AS "isGranted", source, at FROM consent WHERE workspace_id = ${workspace} AND member_id = ${member} ORDER BY channel, purpose`);
  const suppressions = await tx.rows<MemberView["suppressions"][number]>(sql`
    SELECT s.channel, s.address, s.reason, s.at FROM suppression s
    WHERE s.workspace_id = ${workspace} AND s.address IN (SELECT value FROM identity WHERE workspace_id = ${workspace} AND member_id = ${member}
      UNION SELECT unnest(ARRAY[phone, email]) FROM member WHERE workspace_id = ${workspace} AND id = ${member})
    ORDER BY s.channel`);
  return { tags, identities, consents, suppressions };
}

async function counts(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  now: Date,
): Promise<Pick<MemberView, "coupons" | "runs">> {
  const row = await tx.one<{ usable: number; redeemed: number; live: number; ended: number }>(sql`
    SELECT c.usable, c.redeemed, r.live, r.ended
    FROM (SELECT count(*) FILTER (WHERE state = 'issued' AND (expires_at IS NULL OR expires_at >= ${now})) AS usable, count(*) FILTER (WHERE state = 'redeemed') AS redeemed
          FROM coupon WHERE workspace_id = ${workspace} AND member_id = ${member}) AS c,
         (SELECT count(*) FILTER (WHERE state IN ('ready', 'parked')) AS live, count(*) FILTER (WHERE state NOT IN ('ready', 'parked', 'held')) AS ended
          FROM run WHERE workspace_id = ${workspace} AND member_id = ${member}) AS r`);
  return {
    coupons: { usable: row?.usable ?? 0, redeemed: row?.redeemed ?? 0 },
    runs: { live: row?.live ?? 0, ended: row?.ended ?? 0 },
  };
}
