const LONGEST = 300;
const MOST = 30;

/**
 * As much of a JSON value as a person reads: what is kept with every run and told on every page stays small, also where an event brings a book. At
 * most 30 items of a list, and 300 characters of a text or of an object as JSON; what was left out is told by "…".
 */
export function short(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > MOST ? [...value.slice(0, MOST).map(item), "…"] : value.map(item);
  return item(value);
}

function item(value: unknown): unknown {
  if (typeof value === "string") return shortText(value);
  if (typeof value !== "object" || value === null) return value;
  const said = JSON.stringify(value);
  return said.length > LONGEST ? shortText(said) : value;
}

/** Half a character at the cut would be refused by the database's JSON. */
const shortText = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
