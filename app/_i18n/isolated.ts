const [ISOLATE, END] = ["\u2068", "\u2069"];
/** Letters that are read from the right. */
const FROM_THE_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * What members, shops and authors wrote, where it stands in one line with other words: a name that is read from the right turns nothing round it.
 * Texts of `useT` do so by themselves; an element of its own does it by `dir="auto"`.
 */
export const isolated = (text: string): string =>
  FROM_THE_RIGHT.test(text) && !text.startsWith(ISOLATE) ? ISOLATE + text + END : text;
