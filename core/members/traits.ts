import { isDay } from "../time/day";
import { readInstant } from "../time/read-instant";
import { normalName } from "./name";

/** Columns that traits set, by the trait's names; Segment's reserved traits and our own. */
const FIELDS = {
  name: ["name"],
  birthday: ["birthday"],
  gender: ["gender"],
  phone: ["phone"],
  email: ["email"],
  locale: ["locale", "language"],
  timeZone: ["time_zone", "timezone", "timeZone"],
  tier: ["tier"],
  joinedAt: ["created_at", "createdAt", "joined_at"],
} as const;
export type TraitField = keyof typeof FIELDS;
const FIELD_OF = new Map<string, TraitField>(
  Object.entries(FIELDS).flatMap(([field, names]) =>
    names.map((name): [string, TraitField] => [name, field as TraitField]),
  ),
);

/** The member's own field that a trait sets; undefined = a free attribute. */
export const traitFieldOf = (trait: string): TraitField | undefined => FIELD_OF.get(trait);

/** Traits that are told apart elsewhere, never attributes: they make the name, or are a consent. */
const NO_ATTRIBUTES = new Set([
  "firstName",
  "first_name",
  "lastName",
  "last_name",
  "consent",
  "id",
  "anonymousId",
  "userId",
  "__proto__",
  "constructor",
  "prototype",
]);
export const MOST_ATTRIBUTES = 200;

export type ReadTraits = {
  fields: Partial<Record<TraitField, string | number | null>>;
  attributes: Record<string, unknown>;
};

/** Sorts what an identify says into a member's own fields and free attributes. What a field cannot hold is kept as an attribute. */
export function readTraits(traits: Record<string, unknown>): ReadTraits {
  const fields: ReadTraits["fields"] = {};
  const attributes: Record<string, unknown> = {};
  for (const [trait, value] of Object.entries(traits)) {
    if (value === undefined || NO_ATTRIBUTES.has(trait)) continue;
    const field = traitFieldOf(trait);
    const fits = field === undefined ? undefined : fitting(field, value);
    if (field !== undefined && fits !== undefined) fields[field] = fits;
    else if (Object.keys(attributes).length < MOST_ATTRIBUTES) attributes[snake(trait)] = value;
  }
  const parts = ["firstName", "first_name", "lastName", "last_name"].flatMap((part) =>
    typeof traits[part] === "string" ? [traits[part]] : [],
  );
  const joined = fields.name === undefined && parts.length > 0 ? joinName(parts) : undefined;
  if (joined) fields.name = joined;
  return { fields, attributes };
}

/** The value as the field holds it: null clears it, undefined does not fit. */
function fitting(field: TraitField, value: unknown): string | number | null | undefined {
  if (value === null) return field === "joinedAt" || field === "tier" ? undefined : null;
  if (field === "joinedAt") {
    const at = readInstant(value)?.at;
    return at !== undefined && at > 0 && at < 32_503_680_000_000 ? at : undefined;
  }
  if (typeof value !== "string") return undefined;
  if (field === "name") return normalName(value);
  if (value.length > 200) return undefined;
  if (field === "birthday") return isDay(value.slice(0, 10)) ? value.slice(0, 10) : undefined;
  if (field === "timeZone") return isZone(value) ? value : undefined;
  if (field === "tier") return /^[\w-]{1,40}$/.test(value) ? value : undefined;
  return value.trim();
}

const zones = new Map<string, boolean>();
function isZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  let is = true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    is = false;
  }
  if (zones.size < 1000) zones.set(zone, is);
  return is;
}

// 王 + 小明 = 王小明, Ada + Lovelace = Ada Lovelace.
function joinName(said: string[]): string | null | undefined {
  const parts = said.map((part) => part.trim());
  const isHan = parts.every((part) => /^\p{Script=Han}+$/u.test(part));
  return normalName(isHan ? [...parts].reverse().join("") : parts.join(" "));
}

/** Attributes are named as rules name them: `favouriteStore` and `Favourite store` are both `favourite_store`. */
const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[\s.-]+/g, "_")
    .toLowerCase()
    .slice(0, 80);
