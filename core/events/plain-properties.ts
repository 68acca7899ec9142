import { instantOf } from "../time/day";
import { LARGEST_AMOUNT } from "./money";
import { LONGEST_TEXT, MOST_IN_LIST, MOST_ITEMS, type Property, type PropertyType } from "./property";

/**
 * Whether an event's properties are already as their schema would leave them: a look at a tenth of its cost. False = for the schema to read, which
 * also says what is wrong. What the catalogue does not name is kept whatever it is.
 */
export function isPlain(
  catalogued: Readonly<Record<string, Property>>,
  said: Readonly<Record<string, unknown>>,
): boolean {
  for (const key in catalogued) if (catalogued[key]?.required && said[key] === undefined) return false;
  for (const key in said) {
    const value = said[key];
    // The schema leaves it out.
    if (key === "__proto__") return false;
    const property = Object.hasOwn(catalogued, key) ? catalogued[key] : undefined;
    if (property === undefined || value === undefined) continue;
    const { type, options } = property;
    if (options ? !options.some((option) => option === value) : !LOOKS[type](value)) return false;
    if (key === "amount" && type === "money" && Number(value) < 0) return false;
  }
  return true;
}

const isText = (value: unknown): boolean => typeof value === "string" && value.length <= LONGEST_TEXT;
const isMoney = (value: unknown): boolean => Number.isSafeInteger(value) && Math.abs(Number(value)) <= LARGEST_AMOUNT;
const isListOf = (value: unknown, most: number, isOne: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length <= most && value.every(isOne);

const LOOKS: Record<PropertyType, (value: unknown) => boolean> = {
  text: isText,
  money: isMoney,
  count: Number.isSafeInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === "boolean",
  instant: (value) => typeof value === "string" && instantOf(value) !== undefined,
  // The calendar is the schema's.
  date: () => false,
  list: (value) => isListOf(value, MOST_IN_LIST, isText),
  items: (value) => isListOf(value, MOST_ITEMS, isItem),
};

const ITEM: Readonly<Record<string, (value: unknown) => boolean>> = {
  product_id: isText,
  sku: isText,
  name: isText,
  category: isText,
  brand: isText,
  price: isMoney,
  quantity: Number.isFinite,
  amount: isMoney,
};

function isItem(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.hasOwn(value, "__proto__"))
    return false;
  return Object.entries(ITEM).every(([key, looks]) => {
    const said: unknown = Reflect.get(value, key);
    return said === undefined || looks(said);
  });
}
