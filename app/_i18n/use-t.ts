"use client";
import { useTranslations } from "use-intl";

/** The texts of one area in the reader's language: `const t = useT("home")`. Keys are checked. */
export const useT = useTranslations;
