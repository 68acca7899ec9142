/** A stretch of a text that stayed, went or came. */
export type Stretch = { text: string; is: "same" | "gone" | "new" };

/** Latin words, numbers and values whole, each Chinese character and sign by itself. */
const TOKEN = /\{\{[^{}]*\}\}|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}_@-])+|\s+|[^\p{L}\p{N}\s]/gu;
/** Beyond this a comparison takes longer than a frame and is read by nobody. */
const MOST = 600;
/** Of the shorter text, this much has to have stayed; what was only added to or taken from always has. */
const ALIKE = 0.5;

/** How one text became another, word by word; undefined where they have too little in common for that to be read. */
export function wordsApart(before: string, after: string): Stretch[] | undefined {
  const [a, b] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
  if (a.length > MOST || b.length > MOST) return undefined;
  const common = longest(a, b);
  const stretches: Stretch[] = [];
  const say = (text: string, is: Stretch["is"]) => {
    const last = stretches.at(-1);
    if (last?.is === is) last.text += text;
    else stretches.push({ text, is });
  };
  let [i, j] = [0, 0];
  let shared = 0;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      say(left, "same");
      shared += left.trim().length;
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      say(left, "gone");
      i++;
    } else if (right !== undefined) {
      say(right, "new");
      j++;
    }
  }
  const size = Math.min(before.replace(/\s/g, "").length, after.replace(/\s/g, "").length);
  return size > 0 && shared / size >= ALIKE ? stretches : undefined;
}

/** `table[i][j]`: how many words `a` from i and `b` from j have in common, in order. */
function longest(a: string[], b: string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [table[i], table[i + 1]];
      if (row && below) row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}
