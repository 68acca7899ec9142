"use client";
import { Input, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { LOCALES, type Locale, type Text } from "@/core/text";
import classes from "./words-fields.module.css";

/** In each language, empty where nothing is written. */
export type Words = Record<Locale, string>;

/** Each language as its own readers call it. */
const LANGUAGES: Text = { en: "English", "zh-CN": "中文" };

/** One text in each language; which of them must be there is the caller's to say. */
export function WordsFields({
  label,
  description,
  error,
  words,
  placeholders,
  maxLength,
  multiline = false,
  autoFocus,
  onChange,
}: {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  words: Words;
  placeholders?: Text;
  maxLength: number;
  multiline?: boolean;
  /** The language whose field has the focus when the form opens. */
  autoFocus?: Locale;
  onChange(locale: Locale, text: string): void;
}) {
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <div className={classes.fields}>
        {LOCALES.map((locale) => {
          const shared = {
            value: words[locale],
            placeholder: placeholders?.[locale],
            maxLength,
            error: Boolean(error),
            lang: locale,
            "aria-label": `${label} · ${LANGUAGES[locale]}`,
            leftSection: <span className={classes.language}>{LANGUAGES[locale]}</span>,
            leftSectionWidth: 72,
            leftSectionPointerEvents: "none" as const,
            onChange: (event: { currentTarget: { value: string } }) => onChange(locale, event.currentTarget.value),
            ...(autoFocus === locale && { "data-autofocus": true }),
          };
          return multiline ? (
            <Textarea key={locale} {...shared} autosize minRows={1} maxRows={6} />
          ) : (
            <TextInput key={locale} {...shared} />
          );
        })}
      </div>
    </Input.Wrapper>
  );
}

/** What is written, language by language; undefined = nothing. */
export function written(words: Words): Partial<Words> | undefined {
  const some = LOCALES.flatMap((locale) => (words[locale].trim() ? [[locale, words[locale].trim()] as const] : []));
  return some.length > 0 ? Object.fromEntries(some) : undefined;
}
