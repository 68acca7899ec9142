import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import type { Effect, EffectOf } from "@/core/journey/effects/effect";
import { mostOff } from "@/core/loyalty/most-off";
import { OfferTerms } from "@/core/loyalty/offer";
import { nameIn, type OfferNames } from "@/core/loyalty/offer-name";
import { SmsContent } from "@/core/message/channels/sms";
import { asSent } from "@/core/message/sample/as-sent";
import { longest } from "@/core/message/sample/longest";
import { sampleScope } from "@/core/message/sample/sample";
import { textOf } from "@/core/message/sample/sampled";
import { segments } from "@/core/message/segments";
import { MessagingSettings } from "@/core/message/settings";
import { effectsOf } from "@/core/plan/ahead";
import { mayRepeat, mostOfARun } from "@/core/plan/most";
import type { Plan } from "@/core/plan/plan";
import { LOCALES } from "@/core/text";
import { config } from "@/platform/config";
import { sql, type Tx } from "@/platform/db";

export const MostCost = z.object({
  points: z.int(),
  coupons: z.int(),
  messages: z.int(),
  money: z.int().describe("minor units: what its coupons take off at most, and its messages at their price"),
  isUnpriced: z.boolean().describe("it sends text messages, and none has a price"),
  isOpen: z.boolean().describe("a coupon takes off a share of the order with no cap, which no sum tells"),
  mayRepeat: z.boolean().describe("a way back leads to some of it again"),
});
export type MostCost = z.infer<typeof MostCost>;

/** The most that one member's run can cost, each by its costliest way through the plan. */
export async function mostCost(tx: Tx, workspace: WorkspaceId, plan: Plan, now: Date): Promise<MostCost> {
  const offers = effectsOf(plan).flatMap((effect) => (effect.type === "issueCoupon" ? [effect.offer] : []));
  const rows = await tx.rows<{ id: string; name: string; names: OfferNames; terms: unknown }>(
    sql`SELECT id, name, names, terms FROM offer WHERE workspace_id = ${workspace} AND id = ANY(${offers}::uuid[])`,
  );
  const worth = new Map(rows.map(({ id, terms }) => [id, mostOff(OfferTerms.parse(terms).discount)]));
  const own = await tx.one<Own>(
    sql`SELECT name, currency, time_zone AS "timeZone", coalesce(settings -> 'messaging', '{}') AS messaging FROM workspace WHERE id = ${workspace}`,
  );
  const messaging = MessagingSettings.parse(own?.messaging ?? {});
  const { name = "", currency = "CNY", timeZone = "UTC" } = own ?? {};
  const around = { workspace: { name, currency, timeZone }, messaging, offers: rows, event: plan.entry.event, now };
  const money = (effect: Effect): number => {
    if (effect.type === "issueCoupon") return worth.get(effect.offer) ?? 0;
    if (effect.type !== "sendMessage") return 0;
    return messaging.prices[effect.channel] * (effect.channel === "sms" ? partsOf(effect, around) : 1);
  };
  const coupons = (effect: Effect) => Number(effect.type === "issueCoupon");
  const points = (effect: Effect) => (effect.type === "addPoints" ? effect.points : 0);
  const messages = (effect: Effect) => Number(effect.type === "sendMessage");
  const texts = mostOfARun(plan, (effect) => Number(effect.type === "sendMessage" && effect.channel === "sms"));
  return {
    points: mostOfARun(plan, points),
    coupons: mostOfARun(plan, coupons),
    messages: mostOfARun(plan, messages),
    money: mostOfARun(plan, money),
    isUnpriced: messaging.prices.sms === 0 && texts > 0,
    isOpen: offers.some((offer) => worth.get(offer) === null),
    mayRepeat: mayRepeat(plan, (effect) => coupons(effect) + points(effect) + messages(effect)),
  };
}

type Own = { name: string; currency: string; timeZone: string; messaging: unknown };
type Around = {
  messaging: Pick<MessagingSettings, "signature">;
  workspace: { name: string; currency: string; timeZone: string };
  offers: { name: string; names: OfferNames }[];
  event: string;
  now: Date;
};

/** Parts of a text message in the language in which it is longest, with values as long as they come and the signature that the mainland asks for. */
const partsOf = ({ content, purpose }: EffectOf<"sendMessage">, around: Around): number =>
  Math.max(
    1,
    ...LOCALES.map((locale) => {
      const { data } = SmsContent.safeParse(content[locale]);
      if (!data) return 0;
      const sample = sampleScope({ ...around, purpose, locale, offers: undefined, links: config().PUBLIC_API_URL });
      const sending = { purpose, signature: around.messaging.signature };
      const names = around.offers.map((offer) => nameIn(offer, locale));
      return Math.max(
        ...longest(sample, names).map((scope) => segments(textOf(asSent(data.text, scope, sending).pieces)).parts),
      );
    }),
  );
