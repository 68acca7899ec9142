import type { Locale } from "../../text";
import { LIQUID } from "../liquid-text";
import type { Scope } from "../scope";

/** A piece of a template: its own words, or a value that was filled in. */
export type Piece = { text: string; isFilled: boolean };

/** `isExact`: false where the template holds more than plain values (tags, other filters), which only the templates' own language reads. */
export type Sampled = { pieces: Piece[]; isExact: boolean };

/** The pieces as one text. */
export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");

/** A template as the reader of a scope sees it, at once and with its values marked; an unknown value is empty, as where the language reads it. */
export function sampled(template: string, scope: Scope): Sampled {
  let isExact = true;
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: token, index } of template.matchAll(LIQUID)) {
    if (index > at) pieces.push({ text: template.slice(at, index), isFilled: false });
    at = index + token.length;
    const text = token.startsWith("{{") ? textAt(token.slice(2, -2), scope) : undefined;
    if (text === undefined) isExact = false;
    else if (text !== "") pieces.push({ text, isFilled: true });
  }
  if (at < template.length) pieces.push({ text: template.slice(at), isFilled: false });
  return { pieces, isExact };
}

const PLAIN = /^([a-z_]\w*(?:\.[\w-]+|\[\d+\])*)\s*(?:\|\s*(date|money))?$/i;

/** What stands between {{ and }}; undefined where it is more than a path and one of our own filters. */
function textAt(inner: string, scope: Scope): string | undefined {
  const [, path, filter] = PLAIN.exec(inner.trim()) ?? [];
  if (path === undefined || path.endsWith("-") || inner.endsWith("-")) return undefined;
  // Of a coupon that the run does not hold the message fails, as it would when it leaves.
  if (path.startsWith("coupon.") && scope.coupons.length === 0) return undefined;
  const value = readPath(scope, path);
  if (value === undefined || value === null) return "";
  if (typeof value === "object") return undefined;
  if (filter === "date") return typeof value === "string" ? dateText(value, scope) : undefined;
  if (filter === "money") return typeof value === "number" ? moneyText(value, scope.currency, scope.locale) : undefined;
  return String(value);
}

/** A value of a scope by its path; `coupon` is the last one. */
export function readPath(scope: Scope, path: string): unknown {
  const steps = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  const { timeZone: _, now: __, currency: ___, ...named } = scope;
  const top: Record<string, unknown> = { ...named, coupon: scope.coupons.at(-1) };
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    top,
  );
}

/** An instant or a day as the `date` filter writes it: 22 December 2026, 2026年12月22日. */
export function dateText(value: string, { locale, timeZone }: Pick<Scope, "locale" | "timeZone">): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: isDay ? "UTC" : timeZone,
  }).format(new Date(value));
}

/** Minor units as the `money` filter writes them: 2000 → ¥20, 2050 → ¥20.50. */
export function moneyText(minor: number, currency: string, locale: Locale): string {
  const { digits, whole, parts } = amounts(currency, locale);
  const value = minor / 10 ** digits;
  return (Number.isInteger(value) ? whole : parts).format(value);
}

type Amounts = { digits: number; whole: Intl.NumberFormat; parts: Intl.NumberFormat };

/** To make one takes longer than all the rest of a text. A workspace has one currency; templates may name any. */
const known = new Map<string, Amounts>();
const MOST_KNOWN = 200;

function amounts(currency: string, locale: Locale): Amounts {
  const found = known.get(locale + currency);
  if (found) return found;
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const parts = new Intl.NumberFormat(locale, style);
  const whole = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: 0 });
  const made = { digits: parts.resolvedOptions().maximumFractionDigits ?? 2, whole, parts };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(locale + currency, made);
  return made;
}
