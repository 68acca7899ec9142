/** A part of an SQL statement with its values apart; services wrap it as `new Sql(parts, values)`. There is one part more than values. */
export type Fragment = { parts: string[]; values: unknown[] };

/** Builds a fragment; fragments inside it are taken in, everything else becomes a value. */
export function fragment(texts: TemplateStringsArray, ...inserts: unknown[]): Fragment {
  const made: Fragment = { parts: [texts[0] ?? ""], values: [] };
  inserts.forEach((insert, i) => {
    if (isFragment(insert)) append(made, insert);
    else {
      made.values.push(insert);
      made.parts.push("");
    }
    glue(made, texts[i + 1] ?? "");
  });
  return made;
}

/** A fragment of the code's own words. Never give it input. */
export const words = (text: string): Fragment => ({ parts: [text], values: [] });

/** `a AND b`, in brackets; `none` when there is nothing to join. */
export function joined(all: readonly Fragment[], word: "AND" | "OR", none: "TRUE" | "FALSE"): Fragment {
  if (all.length === 0) return words(none);
  const made = words("(");
  all.forEach((one, i) => {
    if (i > 0) glue(made, ` ${word} `);
    append(made, one);
  });
  glue(made, ")");
  return made;
}

const glue = (made: Fragment, text: string): void => {
  made.parts.push((made.parts.pop() ?? "") + text);
};

function append(made: Fragment, { parts: [first = "", ...rest], values }: Fragment): void {
  glue(made, first);
  made.parts.push(...rest);
  made.values.push(...values);
}

const isFragment = (value: unknown): value is Fragment =>
  typeof value === "object" && value !== null && "parts" in value && "values" in value;
