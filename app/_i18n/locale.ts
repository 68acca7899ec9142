import { cookies, headers } from "next/headers";
import { createTranslator } from "use-intl/core";
import { LOCALES, type Locale } from "@/core/text";
import { en, type Messages } from "./en";
import { withValues } from "./with-values";
import { zhCN } from "./zh-CN";

const LOCALE_COOKIE = "locale";
const isLocale = (value: string | undefined): value is Locale => LOCALES.some((locale) => locale === value);
const messages: Record<Locale, Messages> = { en, "zh-CN": zhCN };

/** The reader's language: what they chose, else what their browser prefers. */
export async function readLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (isLocale(chosen)) return chosen;
  const wanted = (await headers()).get("accept-language") ?? "";
  const first = wanted
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .find((part) => part.startsWith("zh") || part.startsWith("en"));
  return first?.startsWith("zh") ? "zh-CN" : "en";
}

export const messagesOf = (locale: Locale): Messages => messages[locale];

/** The texts of one area in a server component. */
export async function serverT<N extends keyof Messages>(namespace: N) {
  const locale = await readLocale();
  return withValues(createTranslator({ locale, messages: messages[locale], namespace }), locale);
}
