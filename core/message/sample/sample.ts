import { eventKind } from "../../events/catalogue";
import type { Item, Property } from "../../events/property";
import { fnv1a } from "../../hash";
import { CODE_BYTES, couponCode } from "../../loyalty/coupon-code";
import type { Validity } from "../../loyalty/offer";
import { nameIn, type OfferNames } from "../../loyalty/offer-name";
import { couponEnd } from "../../loyalty/validity";
import type { Locale, Text } from "../../text";
import { dayOf } from "../../time/day";
import type { Purpose } from "../channel";
import type { CouponInScope, Scope } from "../scope";
import { type OwnTypes, sampleOwn } from "./own";

/** An offer whose coupon a preview shows. */
export type SampleOffer = { id: string; name: string; names?: OfferNames; validity: Validity };

/** Answers by node and question. */
export type SampleAnswers = Record<string, Record<string, string | number>>;

type Around = {
  workspace: { name: string; timeZone: string; currency: string };
  purpose: Purpose;
  locale: Locale;
  now: Date;
  /** The name of the event that starts the run; null = none does. */
  event: string | null;
  /** Whose coupons the run holds, in the order of issue; absent = one of an offer that does not exist. */
  offers: readonly SampleOffer[] | undefined;
  /** What came back to the run, by node; the last one is the latest. */
  answers?: SampleAnswers;
  /** What the workspace's own data holds beyond the catalogue. */
  own?: { attributes?: OwnTypes; properties?: OwnTypes };
  /** Where our links lead: an origin. */
  links: string;
};

const NAMES: Record<Locale, { member: string; offer: string; store: string }> = {
  en: { member: "Lin Xia", offer: "¥20 off ¥100", store: "Riverside" },
  "zh-CN": { member: "林夏", offer: "满100减20", store: "滨江店" },
};
const DAYS = 30;
const DAY_MS = 86_400_000;
/** As long as the tokens of our links are. */
const TOKENS = { u: 67, s: 66, c: 66 };

/**
 * What every preview shows, on whatever channel, until a real member is chosen: one member, one order, and a coupon of each offer of the run,
 * with a code that looks like ours and the expiry that it would have if it were issued now.
 */
export function sampleScope({
  workspace,
  purpose,
  locale,
  now,
  event,
  offers,
  answers = {},
  own = {},
  links,
}: Around): Scope {
  const { timeZone, currency, name } = workspace;
  const names = NAMES[locale];
  const shown = offers ?? [{ id: "example", name: names.offer, validity: { is: "days", days: DAYS } as const }];
  const link = (page: keyof typeof TOKENS) => `${links}/${page}/${"Example".repeat(10).slice(0, TOKENS[page])}`;
  return {
    locale,
    timeZone,
    now,
    currency,
    member: {
      name: names.member,
      phone: "+8613800138000",
      email: "lin.xia@example.com",
      tier: "gold",
      points: 1280,
      birthday: "1995-05-20",
      gender: "female",
      orders: 12,
      spent: 168_000,
      visits: 20,
      joined_at: new Date(now.getTime() - 400 * DAY_MS).toISOString(),
      last_order_at: new Date(now.getTime() - 9 * DAY_MS).toISOString(),
      last_visit_at: new Date(now.getTime() - 3 * DAY_MS).toISOString(),
      tags: [],
      attributes: sampleOwn(own.attributes ?? {}, { locale, now, timeZone }),
    },
    ...(event !== null && {
      event: sampleEvent(event, locale, now, timeZone, sampleOwn(own.properties ?? {}, { locale, now, timeZone })),
    }),
    coupons: shown.map(
      (offer): CouponInScope => ({
        code: sampleCode(offer.id),
        name: nameIn(offer, locale),
        link: link("c"),
        expires_at: couponEnd(offer.validity, now, timeZone).toISOString(),
      }),
    ),
    store: { code: "S001", name: names.store, region: null },
    merchant: { name },
    workspace: { name },
    links: { survey: link("s"), ...(purpose === "marketing" && { unsubscribe: link("u") }) },
    answers,
    answer: Object.values(answers).at(-1) ?? {},
  };
}

/** A well-formed code, the same for the same offer; that it was ever issued is as unlikely as guessing one. */
function sampleCode(offer: string): string {
  return couponCode(Uint8Array.from({ length: CODE_BYTES }, (_, i) => fnv1a(`${offer}/${i}`) & 31));
}

/** An event of this name with all its properties. */
function sampleEvent(
  name: string,
  locale: Locale,
  now: Date,
  timeZone: string,
  own: Record<string, unknown>,
): Record<string, unknown> {
  const known = Object.entries(eventKind(name)?.properties ?? {});
  const properties = {
    ...own,
    ...Object.fromEntries(known.map(([key, property]) => [key, sampleValue(key, property, locale, now, timeZone)])),
  };
  return { ...properties, name, properties };
}

function sampleValue(
  key: string,
  { type, name, options, refers }: Property,
  locale: Locale,
  now: Date,
  timeZone: string,
): unknown {
  switch (type) {
    case "money":
      return 18_800;
    case "count":
    case "number":
      return 3;
    case "boolean":
      return true;
    case "instant":
      return now.toISOString();
    case "date":
      return dayOf(now.getTime(), timeZone);
    case "list":
      return [];
    case "items":
      return [{ product_id: "A1024", name: ITEM[locale], quantity: 1, price: 18_800, amount: 18_800 } satisfies Item];
    case "text":
      if (options?.[0] !== undefined) return options[0];
      if (refers === "store") return "S001";
      if (refers === "tier") return "gold";
      return key.endsWith("_id") ? "A1024" : name[locale];
    default:
      return type satisfies never;
  }
}

const ITEM: Text = { en: "Jasmine tea", "zh-CN": "茉莉花茶" };
