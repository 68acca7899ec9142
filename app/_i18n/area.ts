import type { Locale } from "@/core/text";

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

/** The texts of one screen, both languages side by side; a key that one of them lacks does not compile. */
export const area = <const T extends object>(texts: {
  en: T;
  "zh-CN": Same<NoInfer<T>>;
}): { en: T } & Record<Exclude<Locale, "en">, Same<T>> => texts;
