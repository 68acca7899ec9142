import type { Locale, Text } from "../text";
import type { Family } from "./kind";

/** Longer, a name is no name. */
const LONGEST = 48;

/** `line`: what the step does, in the reader's words; `needsKind`: it tells that only behind the kind's name. */
type Step = {
  title: string | null | undefined;
  kind: { name: Text; family: Family } | undefined;
  line: string | undefined;
  needsKind: boolean | undefined;
};

/**
 * What a step is called everywhere but on its own card: its title, else what it does in its own first words, so that two messages are told apart.
 * Undefined when nothing is known of it.
 */
export function stepName({ title, kind, line, needsKind }: Step, locale: Locale): string | undefined {
  const said = line?.replace(/^[\s,，]+/, "");
  if (title || !kind || kind.family === "end" || !said) return title || kind?.name[locale];
  const full = needsKind ? `${kind.name[locale]}${locale === "en" ? ": " : "："}${said}` : said;
  const letters = [...full];
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`
    : full;
}
