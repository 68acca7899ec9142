import { type Context, Drop, type Liquid, type Template } from "liquidjs";
import { escaped } from "@/core/message/escaped";
import type { Scope } from "@/core/message/scope";
import type { Locale } from "@/core/text";
import { instantOf } from "@/core/time/day";
import { isZone, offsetAt } from "@/core/time/local-time";
import { ContentFailed } from "./content-failed";
import { Kept } from "./kept";
import { money } from "./money";
import { closeGaps, markGaps, withoutGaps } from "./nameless";
import { boundedLiquid, newWork, parseBounded, priceFilters, renderBounded, type Work } from "./render-bounded";

/** Fills a template in; templates are hostile input, and `render-bounded.ts` holds what they may do. `path`: where in the content it stands. */
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

/** What one message for one reader may cost, over all its texts. */
export const workOf = (locale: Locale): Work => newWork(engine(locale, "plain"));

/** Fills plain templates in for one reader, at the expense of the message's work. */
export function filler(scope: Scope, work: Work): Fill {
  return (template, ...path) => run(parsed(template, scope.locale, "plain", path), scope, "plain", path, work);
}

/** A parsed template, filled in at the expense of `work`. Values are escaped where they land in HTML. `isData`: nobody reads it as a sentence. */
export function run(
  template: Template[],
  scope: Scope,
  into: "plain" | "html",
  path: (string | number)[],
  work: Work,
  { isData = false } = {},
): string {
  const { locale, timeZone, now, currency, ...rest } = scope;
  const variables = { ...rest, coupon: scope.coupons.at(-1) ?? new NoCoupon(), locale };
  try {
    const globals = { $zone: timeZone, $now: now, $currency: currency };
    const whole = renderBounded(engine(locale, into), template, variables, globals, work).replace(
      /(?![\t\n\r])\p{Cc}/gu,
      "",
    );
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
    return templates.get(`${locale} ${into} ${template}`, () => parseBounded(engine(locale, into), markGaps(template)));
  } catch (error) {
    throw ContentFailed.from(error, path);
  }
}

export const engine = (locale: Locale, into: "plain" | "html"): Liquid =>
  engines.get(locale + into, () => liquidFor(locale, into));

function liquidFor(locale: Locale, into: "plain" | "html"): Liquid {
  const liquid = boundedLiquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    ownPropertyOnly: true,
    strictFilters: true,
    locale,
    dateFormat: locale === "zh-CN" ? "%Y年%-m月%-d日" : "%-d %B %Y",
    ...(into === "html" && { outputEscape: escaped }),
  });
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
  priceFilters(liquid);
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
