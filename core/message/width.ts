const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** How much room a text takes on a screen, in Latin letters: a Chinese character, its punctuation or a picture takes two. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);

/** Whether a text is counted in characters of two columns. */
export const isWide = (text: string): boolean => /\p{Script=Han}/u.test(text);
