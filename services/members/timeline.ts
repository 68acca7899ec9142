import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { Instant } from "@/core/instant";
import { MOMENT_KINDS, type MomentKind } from "@/core/members/moments";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { can, type Permission } from "../access/may";
import { useCase } from "../access/use-case";
import { couponStateAt } from "./coupon-state";

const NEEDS: Record<MomentKind, Permission> = MOMENT_KINDS;
const KINDS = Object.keys(MOMENT_KINDS) as [MomentKind, ...MomentKind[]];
const Moment = z.object({
  what: z.enum(KINDS),
  id: z.string(),
  at: Instant,
  detail: z.record(z.string(), z.unknown()).describe("depends on `what`; money in minor units"),
});
export type Moment = z.infer<typeof Moment>;

const Timeline = z.object({ ...pageInput, member: z.uuid(), kind: z.enum(KINDS).optional() });

/**
 * What happened to a member and what it did, newest first: events, coupons, redemptions, points, messages, webhooks, consents, journeys. Kinds that
 * the caller may not read are left out; one that is asked for by name is refused.
 */
export const memberTimeline = useCase({
  may: "member.read",
  input: Timeline,
  output: z.object({ items: z.array(Moment), next: z.string().nullable() }),
  says: "A member's events, coupons, points, messages and journeys by time, as far as the caller may read each",
  async run({ tx, actor }, { member, kind, cursor, limit }) {
    const { workspace } = actor;
    if (kind && !can(actor, NEEDS[kind]))
      return refuse("not_allowed", `this needs the permission ${NEEDS[kind]}`, ["kind"]);
    if (!(await tx.one(sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ${member}`)))
      return refuse("not_found", "no such member");
    const [at, id] = fromCursor(cursor) ?? [];
    const after =
      typeof at === "number" && Number.isSafeInteger(at) && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id)
        ? { at: new Date(at), id }
        : undefined;
    // Each part reads its own index and gives at most a page; the merge sorts those few.
    const parts = (kind ? [kind] : KINDS.filter((one) => can(actor, NEEDS[one]))).map((one) => {
      const { columns, from, time, alias } = PARTS[one];
      const before = after ? sql`AND (${time}, ${alias}.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
      return sql`(SELECT ${one}::text AS what, ${alias}.id, ${time} AS at, ${columns} AS detail FROM ${from}
        WHERE ${alias}.workspace_id = ${workspace} AND ${alias}.member_id = ${member} ${before} ORDER BY ${time} DESC, ${alias}.id DESC LIMIT ${limit + 1})`;
    });
    const rows = await tx.rows<Moment>(
      sql`SELECT what, id, at, detail FROM (${join(parts, " UNION ALL ")}) AS t ORDER BY at DESC, id DESC LIMIT ${limit + 1}`,
    );
    return ok(page(rows, limit, (moment) => [moment.at.getTime(), moment.id]));
  },
});

type Part = { alias: Sql; time: Sql; from: Sql; columns: Sql };
const PARTS: Record<MomentKind, Part> = {
  event: {
    alias: sql`e`,
    time: sql`e.occurred_at`,
    from: sql`event e`,
    columns: sql`jsonb_build_object('name', e.name, 'type', e.type, 'properties', e.properties, 'isHistorical', e.is_historical)`,
  },
  coupon: {
    alias: sql`c`,
    time: sql`c.issued_at`,
    from: sql`coupon c JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id`,
    columns: sql`jsonb_build_object('code', c.code, 'name', o.name, 'names', o.names, 'offer', c.offer_id, 'state', ${couponStateAt(sql`clock_timestamp()`)}, 'expiresAt', c.expires_at, 'run', c.run_id)`,
  },
  redemption: {
    alias: sql`r`,
    time: sql`r.at`,
    from: sql`redemption r JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id`,
    columns: sql`jsonb_build_object('code', c.code, 'name', o.name, 'names', o.names, 'coupon', c.id, 'state', r.state, 'amount', r.amount, 'discount', r.discount, 'orderRef', r.order_ref, 'store', r.store_id)`,
  },
  points: {
    alias: sql`p`,
    time: sql`p.at`,
    from: sql`points_entry p`,
    columns: sql`jsonb_build_object('kind', p.kind, 'points', p.points, 'balance', p.balance, 'reason', p.reason, 'run', p.run_id)`,
  },
  message: {
    alias: sql`g`,
    time: sql`g.queued_at`,
    from: sql`message g`,
    columns: sql`jsonb_build_object('channel', g.channel, 'purpose', g.purpose, 'state', g.state, 'reason', g.reason, 'address', g.address, 'journey', g.journey_id, 'run', g.run_id,
      'deliveredAt', g.delivered_at, 'openedAt', g.opened_at, 'clickedAt', g.clicked_at)`,
  },
  // By webhook_call_member: a member has few of them.
  webhook: {
    alias: sql`w`,
    time: sql`w.queued_at`,
    from: sql`webhook_call w`,
    columns: sql`jsonb_build_object('host', w.host, 'state', w.state, 'status', w.status, 'reason', w.reason, 'attempts', w.attempts, 'journey', w.journey_id, 'run', w.run_id)`,
  },
  consent: {
    alias: sql`k`,
    time: sql`k.at`,
    from: sql`consent_change k`,
    columns: sql`jsonb_build_object('channel', k.channel, 'purpose', k.purpose, 'isGranted', k.is_granted, 'source', k.source,
      'wasGranted', EXISTS (SELECT FROM consent_change b WHERE b.workspace_id = k.workspace_id AND b.member_id = k.member_id AND b.channel = k.channel
        AND b.purpose = k.purpose AND b.is_granted AND b.at < k.at))`,
  },
  run: {
    alias: sql`n`,
    time: sql`n.entered_at`,
    from: sql`run n JOIN journey j ON j.workspace_id = n.workspace_id AND j.id = n.journey_id`,
    columns: sql`jsonb_build_object('journey', n.journey_id, 'name', j.name, 'state', n.state, 'step', n.step, 'reason', n.reason, 'endedAt', n.ended_at)`,
  },
};
