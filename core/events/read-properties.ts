import { type Issue, issuesOf } from "../issues";
import { amountWanted } from "./amount-words";
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

/**
 * The sender's word for a property of ours, where it has another: our own events may also say their money as Segment does, and what stands
 * under our name wins.
 */
export function sentWord(property: string, isEcommerce: boolean, sent: Record<string, unknown>): string {
  const isSaid = (word: string): boolean => sent[word] !== undefined && sent[word] !== null;
  if (isSaid(property)) return property;
  if (property === "items" && Array.isArray(sent.products)) return "products";
  const total = property === "amount" ? TOTALS.find(isSaid) : undefined;
  return total && (isEcommerce || total !== "value") ? total : property;
}

/** Whether a sender's word holds money in whole units, as Segment has it, and not in minor ones. */
export const isDecimal = (word: string, isEcommerce: boolean): boolean =>
  TOTALS.some((total) => total === word) || (isEcommerce && Object.hasOwn(DECIMALS, word));

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
  // A refund that says neither how much nor of which products is of the whole order. One that says how much is full where so much was left of
  // its order, which the order book knows.
  if (name === "order_refunded" && properties.is_full === undefined && isEcommerce && properties.amount === undefined)
    properties.is_full = properties.items === undefined;
  if (isPlain(catalogue[name].properties, properties)) return { ok: true, properties };
  const parsed = propertiesSchema(name).safeParse(properties);
  if (parsed.success) return { ok: true, properties: parsed.data };
  const [first = NOT_AS_CATALOGUED] = issuesOf(parsed.error.issues);
  const finding = ({ path }: Issue, code: string | undefined): Finding => {
    const word = path[0] === undefined ? [] : [sentWord(String(path[0]), isEcommerce, said)];
    return findingOf(name, properties, path, [...word, ...path.slice(1)], code);
  };
  const { cause, path } = finding(first, parsed.error.issues[0]?.code);
  const others = parsed.error.issues.slice(1).flatMap((issue) => {
    const [found] = issuesOf([issue]);
    return found ? [finding(found, issue.code)] : [];
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

/** `ours`: the place by our names; `path`: by the sender's. */
function findingOf(
  name: EventName,
  properties: Record<string, unknown>,
  ours: (string | number)[],
  path: (string | number)[],
  code: string | undefined,
): Finding {
  const facts = { event: name, path: path.join("."), ...calledBy(path[0], ours[0]) };
  return ours.length === 1 && properties[String(ours[0])] === undefined
    ? { path, cause: { code: "missing_property", facts } }
    : { path, cause: { code: "wrong_property", facts: { ...facts, ...wantedOf(name, ours, code) } } };
}

const calledBy = (word: string | number | undefined, property: string | number | undefined): Record<string, string> =>
  word === property ? {} : { property: String(property) };

const NOT_AS_CATALOGUED: Issue = { path: [], message: "not as the catalogue has it" };

function translate(
  event: string,
  sent: Record<string, unknown>,
  isEcommerce: boolean,
  currency: string,
): ReadProperties {
  const properties: Record<string, unknown> = { ...sent };
  const total = sentWord("amount", isEcommerce, sent);
  if (total !== "amount") {
    const amount = toMinor(properties[total], currency);
    if (amount === undefined) return inexact(event, currency, [total], "amount");
    properties.amount = amount;
  }
  if (isEcommerce) {
    for (const [word, ours] of Object.entries(DECIMALS)) {
      if (properties[word] === undefined) continue;
      const amount = toMinor(properties[word], currency);
      if (amount === undefined) return inexact(event, currency, [word], ours);
      properties[ours] = amount;
    }
  }
  if (Array.isArray(properties.products) && properties.items === undefined) {
    const items: unknown[] = [];
    for (const [i, product] of properties.products.entries()) {
      const item: Record<string, unknown> = typeof product === "object" && product !== null ? { ...product } : {};
      if (item.price !== undefined && item.price !== null) {
        const price = toMinor(item.price, currency);
        if (price === undefined) return inexact(event, currency, ["products", i, "price"], "items");
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

function inexact(event: string, currency: string, path: (string | number)[], property: string): ReadProperties {
  const { en, "zh-CN": chinese } = amountWanted(currency);
  const facts = { event, path: path.join("."), ...calledBy(path[0], property), currency };
  return { ok: false, cause: { code: "inexact_amount", facts }, says: en, chinese, path };
}
