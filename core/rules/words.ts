import { joined } from "../gaps";
import type { Locale, Text } from "../text";
import { instantOf, isDay } from "../time/day";
import { behaviourName, type Field, fieldAt, type Scope } from "./fields";
import { type Behaviour, isAlways, isField, type Leaf, type Operand, type Operator, type Rule } from "./rule";
import { short } from "./short";

/** How values of the caller's world are named; what is not told stays as it is. Instants are written in `zone`, or in UTC and with that word. */
export type Naming = Scope & {
  currency?: string;
  zone?: string;
  nameOf?: (refers: NonNullable<Field["refers"]>, value: string) => string | undefined;
};

/** A rule in plain words: "Amount is at least ¥100 and Tier is Gold". */
export function inWords(rule: Rule, locale: Locale, naming: Naming = {}): string {
  return write(rule, locale, naming, false);
}

/** A comparison whose value is at hand, as a journal keeps it: whatever JSON it is, it is written as it is and refers to nothing. */
export type Compared = { field: string; is: Operator; value: unknown };

/** As `inWords`, of what a rule compared with or found. A value that is null or absent says that there was none; long ones are cut. */
export const comparedInWords = ({ field, is, value }: Compared, locale: Locale, naming: Naming = {}): string =>
  sentence(field, is, value === 1, (about) => known(short(value), is, about, locale, naming), locale, naming);

/** The opposite of a sentence. */
export const negated = (sentence: string, locale: Locale): string => joined(WORDS.not[locale], sentence);

const WORDS = {
  and: { en: " and ", "zh-CN": "且" },
  or: { en: " or ", "zh-CN": "或" },
  to: { en: " to ", "zh-CN": "至" },
  not: { en: "not ", "zh-CN": "非" },
  always: { en: "always", "zh-CN": "总是" },
  never: { en: "never", "zh-CN": "从不" },
  yes: { en: "yes", "zh-CN": "是" },
  no: { en: "no", "zh-CN": "否" },
  nothing: { en: "(no value to compare with)", "zh-CN": "（没有可比较的值）" },
  entry: { en: "the starting event's {name}", "zh-CN": "触发事件的{name}" },
} satisfies Record<string, Text>;

/** `{f}` is the field, `{v}` the value. */
const SAYS: Record<Operator, Text> = {
  eq: { en: "{f} is {v}", "zh-CN": "{f}为{v}" },
  ne: { en: "{f} is not {v}", "zh-CN": "{f}不为{v}" },
  gt: { en: "{f} is over {v}", "zh-CN": "{f}大于{v}" },
  gte: { en: "{f} is at least {v}", "zh-CN": "{f}不低于{v}" },
  lt: { en: "{f} is under {v}", "zh-CN": "{f}小于{v}" },
  lte: { en: "{f} is at most {v}", "zh-CN": "{f}不超过{v}" },
  between: { en: "{f} is from {v}", "zh-CN": "{f}介于{v}" },
  in: { en: "{f} is one of {v}", "zh-CN": "{f}属于{v}" },
  not_in: { en: "{f} is none of {v}", "zh-CN": "{f}不属于{v}" },
  contains: { en: "{f} includes {v}", "zh-CN": "{f}包含{v}" },
  not_contains: { en: "{f} does not include {v}", "zh-CN": "{f}不包含{v}" },
  starts_with: { en: "{f} begins with {v}", "zh-CN": "{f}以{v}开头" },
  exists: { en: "{f} is known", "zh-CN": "{f}有值" },
  not_exists: { en: "{f} is not known", "zh-CN": "{f}无值" },
  before: { en: "{f} is before {v}", "zh-CN": "{f}早于{v}" },
  after: { en: "{f} is after {v}", "zh-CN": "{f}晚于{v}" },
  within_days: { en: "{f} is in the last {v} days", "zh-CN": "{f}在最近{v}天内" },
  not_within_days: { en: "{f} is over {v} days ago", "zh-CN": "{f}超过{v}天" },
};

/** How a comparison is called where it is chosen: the sentence without its field, "…" where values stand within: "is at least", "is from … to …". */
export function verbOf(is: Operator, locale: Locale): string {
  const [, verb = ""] = SAYS[is][locale].split("{f}");
  return verb
    .replace("{v}", is === "between" ? `…${WORDS.to[locale]}…` : "…")
    .replace(is === "between" ? "" : /…$/, "")
    .trim();
}

/** What English says of one day. */
const OF_ONE: Partial<Record<Operator, string>> = {
  within_days: "{f} is in the last day",
  not_within_days: "{f} is over a day ago",
};

/** Fields that a person asks for in other words. */
const OWN: Record<string, Partial<Record<Operator, Text>>> = {
  "member.coupons": {
    exists: { en: "has a coupon to use", "zh-CN": "持有可用优惠券" },
    not_exists: { en: "has no coupon to use", "zh-CN": "没有可用优惠券" },
    contains: { en: "has a usable coupon {v}", "zh-CN": "持有可用的优惠券{v}" },
    not_contains: { en: "has no usable coupon {v}", "zh-CN": "没有可用的优惠券{v}" },
    in: { en: "has a usable coupon of {v}", "zh-CN": "持有可用优惠券之一：{v}" },
    not_in: { en: "has no usable coupon of {v}", "zh-CN": "没有任何可用优惠券：{v}" },
  },
};

function write(rule: Rule, locale: Locale, naming: Naming, isInside: boolean): string {
  if ("all" in rule) return isAlways(rule) ? WORDS.always[locale] : list(rule.all, "and", locale, naming, isInside);
  if ("any" in rule)
    return rule.any.length === 0 ? WORDS.never[locale] : list(rule.any, "or", locale, naming, isInside);
  if ("not" in rule) return negated(write(rule.not, locale, naming, true), locale);
  return "did" in rule ? behaviour(rule, locale, naming) : leaf(rule, locale, naming);
}

function list(parts: Rule[], word: "and" | "or", locale: Locale, naming: Naming, isInside: boolean): string {
  const texts = parts.map((part) => write(part, locale, naming, parts.length > 1));
  const text = joined(...texts.flatMap((one, i) => (i === 0 ? one : [WORDS[word][locale], one])));
  return isInside && texts.length > 1 ? (locale === "en" ? `(${text})` : `（${text}）`) : text;
}

const leaf = ({ field, is, value }: Leaf, locale: Locale, naming: Naming): string =>
  sentence(field, is, value === 1, (about) => operand(value, is, about, locale, naming), locale, naming);

/** `valueFor`: how the value is written, of the field it is compared with. */
function sentence(
  field: string,
  is: Operator,
  isOfOne: boolean,
  valueFor: (about: Field | undefined) => string,
  locale: Locale,
  naming: Naming,
): string {
  const about = fieldAt(field, naming);
  const parts = ((locale === "en" && isOfOne && OF_ONE[is]) || (OWN[field]?.[is] ?? SAYS[is])[locale])
    .split(/\{([fv])\}/)
    .map((part, i) => {
      if (i % 2 === 0) return part;
      return part === "f" ? nameOf(field, about, locale) : valueFor(about);
    });
  return joined(...parts);
}

function nameOf(path: string, field: Field | undefined, locale: Locale): string {
  const name = field?.name[locale] ?? path;
  return path.startsWith("entry.") ? joined(...WORDS.entry[locale].split("{name}").toSpliced(1, 0, name)) : name;
}

/** What a rule's author wrote: values, or a field to compare with. */
function operand(
  value: Operand | undefined,
  is: Operator,
  field: Field | undefined,
  locale: Locale,
  naming: Naming,
): string {
  if (value === undefined) return "";
  if (isField(value)) return nameOf(value.field, fieldAt(value.field, naming), locale);
  return known(value, is, field, locale, naming);
}

/** Any JSON value; objects have no other name than what they hold. */
function known(value: unknown, is: Operator, field: Field | undefined, locale: Locale, naming: Naming): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0))
    return WORDS.nothing[locale];
  if (!Array.isArray(value)) return item(value, is, field, locale, naming);
  const texts = value.map((one) => item(one, is, field, locale, naming));
  if (is === "between") return joined(...texts.flatMap((text, i) => (i === 0 ? text : [WORDS.to[locale], text])));
  return texts.join(locale === "en" ? ", " : "、");
}

const item = (value: unknown, is: Operator, field: Field | undefined, locale: Locale, naming: Naming): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? literal(value, is, field, locale, naming)
    : JSON.stringify(value);

function literal(
  value: string | number | boolean,
  is: Operator,
  field: Field | undefined,
  locale: Locale,
  naming: Naming,
): string {
  if (typeof value === "boolean") return WORDS[value ? "yes" : "no"][locale];
  if (typeof value === "number") {
    // A typed field gives an instant as epoch milliseconds; days to look back are a number.
    if (field?.holds === "instant" && !COUNTS_DAYS.includes(is)) return instantInWords(value, locale, naming.zone);
    if (field?.holds !== "money") return new Intl.NumberFormat(locale).format(value);
    return money(value, locale, naming.currency ?? "CNY");
  }
  const named =
    field?.options?.find((option) => option.value === value)?.label[locale] ??
    (field?.refers && naming.nameOf?.(field.refers, value));
  if (named) return named;
  const isTime = field?.holds === "date" || field?.holds === "instant";
  if (isTime || is === "before" || is === "after" || is === "between") return date(value, locale, naming.zone);
  return `“${value}”`;
}

/** A day or an instant as the language writes it; a text that is neither stays as it is. */
export function date(value: string, locale: Locale, zone?: string): string {
  if (isDay(value))
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(value));
  const instant = instantOf(value);
  return instant === undefined ? value : instantInWords(instant, locale, zone);
}

const COUNTS_DAYS: readonly Operator[] = ["within_days", "not_within_days"];

function instantInWords(instant: number, locale: Locale, zone?: string): string {
  // Beyond what a calendar can hold.
  if (Number.isNaN(new Date(instant).getTime())) return String(instant);
  const written = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: zone ?? "UTC" } as const;
  return new Intl.DateTimeFormat(locale, written).format(instant) + (zone ? "" : " UTC");
}

function behaviour({ did, measure, is, value, days }: Behaviour, locale: Locale, naming: Naming): string {
  const event = behaviourName(did)[locale];
  const amount = measuredInWords(measure, value, locale, naming);
  if (locale === "en") {
    const window = days === undefined ? "ever" : days === 1 ? "in the last day" : `in the last ${days} days`;
    if (measure === "amount") return `${event}: ${is === "gte" ? "at least" : "less than"} ${amount} ${window}`;
    if (is === "lt") return `${event}: ${value === 1 ? "not" : `fewer than ${amount} times`} ${window}`;
    return `${event}: at least ${value === 1 ? "once" : `${amount} times`} ${window}`;
  }
  const window = days === undefined ? "累计" : `最近 ${days} 天`;
  if (measure === "count" && is === "lt" && value === 1) return joined(window, "没有", event);
  return joined(window, event, is === "gte" ? "至少" : "少于", amount, measure === "count" ? "次" : "");
}

/** How often or how much somebody did something: a number, or minor units as money. */
export const measuredInWords = (
  measure: Behaviour["measure"],
  value: number,
  locale: Locale,
  { currency = "CNY" }: Naming,
): string => (measure === "amount" ? money(value, locale, currency) : new Intl.NumberFormat(locale).format(value));

/** Minor units as the currency is written; whole amounts without decimals. */
function money(minor: number, locale: Locale, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
  }).resolvedOptions();
  const major = minor / 10 ** digits;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: Number.isInteger(major) ? 0 : digits,
  }).format(major);
}
