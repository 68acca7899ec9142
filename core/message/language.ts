import { LOCALES, type Locale } from "../text";

/** Which of our languages somebody reads, by their own tag for it ("zh-TW", "en"). */
export const readIn = (language: string | null | undefined): Locale | undefined =>
  language ? LOCALES.find((locale) => locale.slice(0, 2) === language.slice(0, 2).toLowerCase()) : undefined;

/** Content per language, and which of them this reader gets: theirs, else the workspace's, else any there is. */
export function inLanguage<C>(
  content: Partial<Record<Locale, C>>,
  wanted: string | null | undefined,
  fallback: Locale,
): { locale: Locale; content: C } | undefined {
  for (const locale of [readIn(wanted), fallback, ...LOCALES]) {
    const found = locale && content[locale];
    if (locale && found) return { locale, content: found };
  }
  return undefined;
}
