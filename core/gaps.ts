/** Years, months and days are written solid. */
const SOLID = /(\d+年(?:\d+月)?(?:\d+日)?|\d+月\d+日)/u;

/**
 * A text as Chinese screens write it: a gap where Chinese meets Latin letters, digits or amounts ("等待 3 天"), on either side. What
 * does not hold both stays as it is, so that a text of any language may be given.
 */
export const spaced = (text: string): string =>
  joined(
    ...text
      .split(SOLID)
      .map((part, i) =>
        i % 2 === 1
          ? part
          : part
              .replace(/(\p{Script=Han})(?=[a-z\d\p{Sc}])/giu, "$1 ")
              .replace(/([a-z\d%])(?=\p{Script=Han})/giu, "$1 "),
      ),
  );

/** Texts one behind the other with the gaps between them; inside of each nothing changes. */
export function joined(...texts: string[]): string {
  return texts.reduce((before, text) => before + gapBetween(before, text) + text, "");
}

/** The gap that two texts need between them, one behind the other; "" where they need none. */
export function gapBetween(before: string, after: string): "" | " " {
  const meets = `${before.at(-1) ?? ""}${after.at(0) ?? ""}`;
  return /^(?:\p{Script=Han}[a-z\d\p{Sc}]|[a-z\d%]\p{Script=Han})$/iu.test(meets) ? " " : "";
}
