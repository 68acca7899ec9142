import type { Scope } from "../scope";

const LONG_NAME = { latin: "Christopher Montgomery", chinese: "欧阳", chineseLong: "阿卜杜热合曼·买买提" };
const LONG_TEXT = { en: "A name of thirty characters ok", "zh-CN": "一个大约有十五个字的较长的名称" };
/** The longest month's name, and two figures in every place. */
const LONG_DAY = "2026-09-30";
const MOST = { money: 99_999_900, count: 9_999, points: 9_999_999 };

/**
 * The sample with values as long as they come: what a text costs at most. Twice, for a name in Chinese makes a text in English take the larger
 * alphabet, though it is short. `offers`: what the coupons may be called.
 */
export function longest(scope: Scope, offers: readonly string[] = []): Scope[] {
  const names = [...offers, ...scope.coupons.map(({ name }) => name)];
  const coupon = names.reduce((long, name) => (name.length > long.length ? name : long), "");
  const isChinese = scope.locale === "zh-CN";
  const members = isChinese ? [LONG_NAME.chineseLong] : [LONG_NAME.latin, LONG_NAME.chinese];
  return members.map((name) => ({
    ...scope,
    member: { ...scope.member, name, tier: "platinum", points: MOST.points },
    coupons: scope.coupons.map((one) => ({ ...one, name: coupon, expires_at: LONG_DAY })),
    ...(scope.event && { event: longEvent(scope.event, LONG_TEXT[scope.locale]) }),
  }));
}

/** Days stay days, for the `date` filter reads them. */
function longEvent(event: Record<string, unknown>, text: string): Record<string, unknown> {
  const long = (value: unknown): unknown => {
    if (typeof value === "number") return value > MOST.count ? MOST.money : MOST.count;
    if (typeof value !== "string") return value;
    return /^\d{4}-\d{2}-\d{2}/.test(value) ? LONG_DAY : text;
  };
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key, long(value)]));
}
