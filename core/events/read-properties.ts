import { type Issue, issuesOf } from "../issues";
import { catalogue, type EventName, isCatalogued, propertiesSchema } from "./catalogue";
import type { Complaint } from "./draft";
import { type Cause, wantedOf } from "./letter-cause";
import { toMinor } from "./money";
import { isPlain } from "./plain-properties";
import type { OurName } from "./segment-names";

export type ReadProperties =
  | { ok: true; properties: Record<string, unknown> }
  | ({ ok: false; cause: Cause; others?: Finding[] } & Complaint);
/** What else is wrong, so that all of it can be mended at once. */
type Finding = { cause: Cause; path: (string | number)[] };

/** Decimal amounts of Segment's e-commerce events, by our name. `total` wins over `revenue`, `revenue` over `value`. */
const DECIMALS = {
  discount: "discount",
  shipping: "shipping",
  tax: "tax",
  price: "price",
  subtotal: "subtotal",
} as const;
const TOTALS = ["total", "revenue", "value"] as const;

/** Checks a catalogued event's properties and puts Segment's e-commerce words into ours. Unknown events keep theirs as they came. */
export function readProperties(
  { name, isEcommerce, action }: OurName,
  sent: Record<string, unknown>,
  currency: string,
): ReadProperties {
  if (!isCatalogued(name)) return { ok: true, properties: sent };
  const said = withoutNulls(sent);
  if (typeof said.currency === "string" && said.currency.toUpperCase() !== currency)
    return {
      ok: false,
      says: `this workspace counts in ${currency}`,
      path: ["currency"],
      cause: { code: "wrong_currency", facts: { event: name, currency } },
    };
  const translated = translate(name, said, isEcommerce, currency);
  if (!translated.ok) return translated;
  const properties = translated.properties;
  if (action && properties.action === undefined) properties.action = action;
  // A refund that names no products is of the whole order, as Segment has it.
  if (name === "order_refunded" && properties.is_full === undefined && isEcommerce)
    properties.is_full = properties.items === undefined;
  if (isPlain(catalogue[name].properties, properties)) return { ok: true, properties };
  const parsed = propertiesSchema(name).safeParse(properties);
  if (parsed.success) return { ok: true, properties: parsed.data };
  const [first = NOT_AS_CATALOGUED] = issuesOf(parsed.error.issues);
  const { cause, path } = findingOf(name, properties, first, parsed.error.issues[0]?.code);
  const others = parsed.error.issues.slice(1).flatMap((issue) => {
    const [found] = issuesOf([issue]);
    return found ? [findingOf(name, properties, found, issue.code)] : [];
  });
  const isMissing = cause.code === "missing_property";
  return {
    ok: false,
    cause,
    path,
    says: isMissing ? `${name} needs ${String(path[0])}` : first.message,
    ...(!isMissing && first.chinese !== undefined && { chinese: first.chinese }),
    ...(others.length > 0 && { others }),
  };
}

function withoutNulls(sent: Record<string, unknown>): Record<string, unknown> {
  const isSaid = (value: unknown): boolean => value !== null && value !== undefined;
  return Object.values(sent).every(isSaid)
    ? sent
    : Object.fromEntries(Object.entries(sent).filter(([, value]) => isSaid(value)));
}

function findingOf(
  name: EventName,
  properties: Record<string, unknown>,
  { path }: Issue,
  code: string | undefined,
): Finding {
  const facts = { event: name, path: path.join(".") };
  return path.length === 1 && properties[String(path[0])] === undefined
    ? { path, cause: { code: "missing_property", facts } }
    : { path, cause: { code: "wrong_property", facts: { ...facts, ...wantedOf(name, path, code) } } };
}

const NOT_AS_CATALOGUED: Issue = { path: [], message: "not as the catalogue has it" };

function translate(
  event: string,
  sent: Record<string, unknown>,
  isEcommerce: boolean,
  currency: string,
): ReadProperties {
  const properties: Record<string, unknown> = { ...sent };
  // Our own events may also say their money as Segment does; what stands in minor units already wins.
  const total = TOTALS.find((word) => properties[word] !== undefined);
  if (total && properties.amount === undefined && (isEcommerce || total !== "value")) {
    const amount = toMinor(properties[total], currency);
    if (amount === undefined) return inexact(event, currency, [total]);
    properties.amount = amount;
  }
  if (isEcommerce) {
    for (const [word, ours] of Object.entries(DECIMALS)) {
      if (properties[word] === undefined) continue;
      const amount = toMinor(properties[word], currency);
      if (amount === undefined) return inexact(event, currency, [word]);
      properties[ours] = amount;
    }
  }
  if (Array.isArray(properties.products) && properties.items === undefined) {
    const items: unknown[] = [];
    for (const [i, product] of properties.products.entries()) {
      const item: Record<string, unknown> = typeof product === "object" && product !== null ? { ...product } : {};
      if (item.price !== undefined && item.price !== null) {
        const price = toMinor(item.price, currency);
        if (price === undefined) return inexact(event, currency, ["products", i, "price"]);
        item.price = price;
      }
      for (const [key, value] of Object.entries(item)) if (value === null) delete item[key];
      items.push(item);
    }
    properties.items = items;
    delete properties.products;
  }
  return { ok: true, properties };
}

const inexact = (event: string, currency: string, path: (string | number)[]): ReadProperties => ({
  ok: false,
  cause: { code: "inexact_amount", facts: { event, path: path.join("."), currency } },
  says: `should be an amount of ${currency} with no more decimals than it has`,
  path,
});
