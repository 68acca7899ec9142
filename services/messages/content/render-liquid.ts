import { type Context, Drop, Liquid, type Template } from "liquidjs";
import { escaped } from "@/core/message/escaped";
import type { Scope } from "@/core/message/scope";
import type { Locale } from "@/core/text";
import { instantOf } from "@/core/time/day";
import { isZone, offsetAt } from "@/core/time/local-time";
import { ContentFailed } from "./content-failed";
import { Kept } from "./kept";
import { money } from "./money";
import { closeGaps, markGaps, withoutGaps } from "./nameless";

// Templates are hostile input. The count and the memory are what bounds them; the clock is the last net, wide enough for a busy machine.
const LIMITS = { templateLimit: 20_000, memoryLimit: 1_000_000, renderLimit: 1000 };
const PARSE_LIMIT = 250_000;

/** Fills a template in; `path`: where in the content it stands. */
export type Fill = (template: string, ...path: (string | number)[]) => string;

/** Stands for a coupon that was not issued: false in `if coupon`, a failure in `coupon.code`. No message names a coupon that is not there. */
class NoCoupon extends Drop {
  override valueOf(): null {
    return null;
  }
  override liquidMethodMissing(field: string | number): never {
    throw new ContentFailed("coupon_missing", `coupon.${field}: no coupon was issued in this run`);
  }
}

/** Fills plain templates in for one reader. */
export function filler(scope: Scope): Fill {
  return (template, ...path) => run(parsed(template, scope.locale, "plain", path), scope, "plain", path);
}

/** A parsed template, filled in. Values are escaped where they land in HTML. `isData`: nobody reads it as a sentence. */
export function run(
  template: Template[],
  scope: Scope,
  into: "plain" | "html",
  path: (string | number)[],
  { isData = false } = {},
): string {
  const { locale, timeZone, now, currency, ...rest } = scope;
  const variables = { ...rest, coupon: scope.coupons.at(-1) ?? new NoCoupon(), locale };
  try {
    const text: unknown = engine(locale, into).renderSync(template, variables, {
      ...LIMITS,
      globals: { $zone: timeZone, $now: now, $currency: currency },
    });
    const whole = String(text).replace(/(?![\t\n\r])\p{Cc}/gu, "");
    return isData ? withoutGaps(whole) : closeGaps(whole);
  } catch (error) {
    throw ContentFailed.from(error, path);
  }
}

/** A template of Liquid, parsed once for all its readers. */
export function parsed(
  template: string,
  locale: Locale,
  into: "plain" | "html",
  path?: (string | number)[],
): Template[] {
  try {
    return templates.get(`${locale} ${into} ${template}`, () => engine(locale, into).parse(markGaps(template)));
  } catch (error) {
    throw ContentFailed.from(error, path);
  }
}

export const engine = (locale: Locale, into: "plain" | "html"): Liquid =>
  engines.get(locale + into, () => liquidFor(locale, into));

function liquidFor(locale: Locale, into: "plain" | "html"): Liquid {
  const liquid = new Liquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    ownPropertyOnly: true,
    strictFilters: true,
    locale,
    parseLimit: PARSE_LIMIT,
    ...LIMITS,
    dateFormat: locale === "zh-CN" ? "%Y年%-m月%-d日" : "%-d %B %Y",
    ...(into === "html" && { outputEscape: escaped }),
  });
  for (const tag of ["include", "render", "layout", "block"]) delete liquid.tags[tag];
  // No way around escaping.
  liquid.registerFilter("raw", (value: unknown) => value);
  liquid.registerFilter("money", function (amount: unknown, currency?: unknown) {
    return money(amount, String(currency ?? global(this.context, "$currency")), locale);
  });
  const date = liquid.filters.date;
  if (typeof date !== "function") throw new Error("liquidjs has no date filter");
  liquid.registerFilter("date", function (value: unknown, format?: unknown, zone?: unknown) {
    const at = value === "now" || value === "today" ? global(this.context, "$now") : value;
    // A day without a time is the same day everywhere.
    const where =
      typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at) ? "UTC" : (zone ?? global(this.context, "$zone"));
    return date.call(this, at, format, offsetIn(where, at, format));
  });
  return liquid;
}

/**
 * A zone as liquidjs takes it fastest: the offset it has at that instant, in minutes west. Looked up by name it makes a formatter each time,
 * which took a quarter of a mail's rendering. By name still where the format writes the name, or the value is no plain instant.
 */
function offsetIn(zone: unknown, at: unknown, format: unknown): unknown {
  if (typeof zone !== "string" || /%[-_^#\d]*Z/.test(String(format ?? ""))) return zone;
  const instant = at instanceof Date ? at.getTime() : typeof at === "string" ? instantOf(at) : undefined;
  if (instant === undefined || !Number.isFinite(instant) || !isZone(zone)) return zone;
  return -offsetAt(instant, zone) / 60_000;
}

const global = (context: Context, name: string): unknown => Reflect.get(context.globals, name);

// The same template is filled in for many readers.
const engines = new Kept<Liquid>(8);
const templates = new Kept<Template[]>(1000);
