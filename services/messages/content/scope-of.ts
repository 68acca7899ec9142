import type { MemberId, WorkspaceId } from "@/core/ids";
import { nameIn } from "@/core/loyalty/offer-name";
import type { ChannelKind } from "@/core/message/channel";
import type { CouponInScope, Scope } from "@/core/message/scope";
import { MessagingSettings } from "@/core/message/settings";
import { couponsOfRun } from "@/core/rules/coupons-of";
import type { EventFacts, MemberFacts, NodeVars, RunVars } from "@/core/rules/facts";
import type { Locale } from "@/core/text";
import { zoneOfMember } from "@/core/time/zone-of";
import { peek, sql, type Tx } from "@/platform/db";
import { couponLink } from "../../offers/coupon-link";
import { surveyLink } from "../../tasks/survey-link";
import { unsubscribeLinks } from "./link";

export type Surroundings = {
  workspace: { id: WorkspaceId; name: string; timeZone: string; currency: string; locale: Locale };
  stores: Map<string, { id: string; code: string; name: string; region: string | null; merchant: string }>;
  messaging: MessagingSettings;
  /** Tags that no promotion may name. */
  sensitive: ReadonlySet<string>;
};

/** What every message of a workspace may name. Read once per batch, not per message; `ask`: within an open transaction, its own `rows`. */
export async function surroundings(workspace: WorkspaceId, ask: Tx["rows"] = peek): Promise<Surroundings> {
  const [[found], stores, sensitive] = await Promise.all([
    ask<Surroundings["workspace"] & { messaging: unknown }>(sql`
      SELECT id, name, time_zone AS "timeZone", currency, locale, settings -> 'messaging' AS messaging FROM workspace WHERE id = ${workspace}`),
    ask<{ id: string; code: string; name: string; region: string | null; merchant: string }>(sql`
      SELECT s.id, s.code, s.name, s.region, m.name AS merchant FROM store s JOIN merchant m ON m.workspace_id = s.workspace_id AND m.id = s.merchant_id
      WHERE s.workspace_id = ${workspace}`),
    ask<{ name: string }>(sql`SELECT name FROM tag WHERE workspace_id = ${workspace} AND is_sensitive`),
  ]);
  if (!found) throw new Error(`workspace ${workspace} is missing`);
  const { messaging, ...own } = found;
  return {
    workspace: own,
    messaging: MessagingSettings.parse(messaging ?? {}),
    sensitive: new Set(sensitive.map(({ name }) => name)),
    stores: new Map(
      stores.flatMap((s) => [
        [s.id, s],
        [s.code, s],
      ]),
    ),
  };
}

/** What the templates of one message to one member see. */
export function scopeOf(
  around: Surroundings,
  member: MemberFacts,
  message: { channel: ChannelKind; purpose: string; variables: RunVars; entry: EventFacts | null },
  locale: Locale,
  now: Date,
): Scope {
  const coupons = couponsOfRun(message.variables).map(
    (coupon): CouponInScope => ({
      code: coupon.code,
      name: nameIn(coupon, locale),
      link: couponLink(around.workspace.id, coupon.id),
      expires_at: coupon.expiresAt === null ? null : new Date(coupon.expiresAt).toISOString(),
    }),
  );
  const store = around.stores.get(String(message.entry?.properties.store ?? ""));
  return {
    locale,
    timeZone: zoneOfMember(around.workspace.timeZone, member),
    now,
    currency: around.workspace.currency,
    member: {
      id: member.id,
      // Blank, it would count as one to `if` and `default`.
      name: member.name?.trim() || null,
      phone: member.phone,
      email: member.email,
      tier: member.tier,
      points: member.points,
      birthday: member.birthday,
      gender: member.gender,
      orders: member.orders,
      spent: member.spent,
      visits: member.visits,
      joined_at: new Date(member.joinedAt).toISOString(),
      last_order_at: instant(member.lastOrderAt),
      last_visit_at: instant(member.lastVisitAt),
      tags: message.purpose === "marketing" ? member.tags.filter((tag) => !around.sensitive.has(tag)) : member.tags,
      attributes: member.attributes,
    },
    ...(message.entry && {
      event: { ...message.entry.properties, name: message.entry.name, properties: message.entry.properties },
    }),
    coupons,
    ...(store && {
      store: { code: store.code, name: store.name, region: store.region },
      merchant: { name: store.merchant },
    }),
    workspace: { name: around.workspace.name },
    links: {
      ...(message.purpose === "marketing" && {
        unsubscribe: unsubscribeLinks({
          workspace: around.workspace.id,
          member: member.id as MemberId,
          channel: message.channel,
        }).page,
      }),
      ...surveyLinks(around.workspace.id, message.variables),
    },
    answers: Object.fromEntries(
      Object.entries(message.variables).flatMap(([node, { answer }]) => (answer ? [[node, answer]] : [])),
    ),
    answer: latest(message.variables, "answer") ?? {},
  };
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** `links.survey` leads to the run's latest survey, `links.surveys.<node>` to that of one node. */
function surveyLinks(workspace: WorkspaceId, variables: RunVars): Scope["links"] {
  const own = latest(variables, "survey");
  if (own === undefined) return {};
  return {
    survey: surveyLink(workspace, own),
    surveys: Object.fromEntries(
      Object.entries(variables).flatMap(([node, { survey }]) =>
        survey === undefined ? [] : [[node, surveyLink(workspace, survey)]],
      ),
    ),
  };
}

const latest = <K extends "answer" | "survey">(variables: RunVars, key: K): NodeVars[K] =>
  Object.values(variables)
    .filter((vars) => vars[key] !== undefined)
    .sort((a, b) => a.order - b.order)
    .at(-1)?.[key];
