/** A value's limits besides its schema: what the database's JSON can hold, and what a walk over it can bear. */
const MAX_DEPTH = 32;
/** Of texts and names, with a few for each: a journey of a thousand steps with a page on each. */
const MOST_CHARACTERS = 3_000_000;

/** Why a value cannot be kept, with its place; undefined when it can. Walks without recursion, because depth is what it bounds. */
export function unstorable(
  value: unknown,
  maxLength = MOST_CHARACTERS,
): { path: (string | number)[]; says: string } | undefined {
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: [] }];
  let length = 0;
  for (let top = open.pop(); top; top = open.pop()) {
    const { value: one, path } = top;
    if (path.length > MAX_DEPTH)
      return { path: path.slice(0, MAX_DEPTH), says: `nested deeper than ${MAX_DEPTH} levels` };
    if (typeof one === "string") {
      length += one.length;
      if (isBroken(one)) return { path, says: "holds a NUL or half a character" };
    } else if (Array.isArray(one))
      one.forEach((item, i) => {
        open.push({ value: item, path: [...path, i] });
      });
    else if (typeof one === "object" && one !== null)
      for (const [key, item] of Object.entries(one)) {
        length += key.length;
        if (isBroken(key)) return { path, says: "a name holds a NUL or half a character" };
        open.push({ value: item, path: [...path, key] });
      }
    length += 4;
    if (length > maxLength) return { path: [], says: `larger than ${maxLength} characters` };
  }
  return undefined;
}

/** The value with what cannot be kept in its strings replaced by U+FFFD: a template can cut a character in two, and so break a whole batch. */
export function mended<T>(value: T): T;
export function mended(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
  if (Array.isArray(value)) return value.map((one: unknown) => mended(one));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mended(one)]));
  return value;
}

/** Somebody else's words, as an error quotes them, in one line of at most `most` characters that a column can hold. */
export const oneLine = (words: string, most: number): string =>
  words
    .slice(0, most)
    .replace(/[\p{Cc}\p{Surrogate}]+/gu, " ")
    .trim();

/** Postgres refuses both in jsonb. */
const isBroken = (text: string): boolean => !text.isWellFormed() || text.includes("\0");
