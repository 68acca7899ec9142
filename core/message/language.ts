import { LOCALES, type Locale } from "../text";

/** Content per language, and which of them this reader gets: theirs, else the workspace's, else any there is. */
export function inLanguage<C>(
  content: Partial<Record<Locale, C>>,
  wanted: string | null | undefined,
  fallback: Locale,
): { locale: Locale; content: C } | undefined {
  const mine = wanted ? LOCALES.find((locale) => locale.slice(0, 2) === wanted.slice(0, 2).toLowerCase()) : undefined;
  for (const locale of [mine, fallback, ...LOCALES]) {
    const found = locale && content[locale];
    if (locale && found) return { locale, content: found };
  }
  return undefined;
}
