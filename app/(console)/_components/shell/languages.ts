import type { Locale } from "@/core/text";

/** Each language in its own words. */
export const languages: { value: Locale; label: string }[] = [
  { value: "zh-CN", label: "简体中文" },
  { value: "en", label: "English" },
];

/** Remembered for a year in this browser; the server writes the next page in it. */
export function chooseLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `locale=${locale}; path=/; max-age=31536000; samesite=lax`;
}
