"use client";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { withValues } from "./with-values";

/**
 * The texts of one area in the reader's language: `const t = useT("home")`. Keys are checked. What is filled in stands in the
 * sentence as the language sets it: with gaps in Chinese, and whatever way it is read.
 */
export const useT: typeof useTranslations = (namespace) => {
  const t = useTranslations(namespace);
  const locale = useLocale();
  return useMemo(() => withValues(t, locale), [t, locale]);
};
