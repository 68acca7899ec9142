"use client";
import { TextInput } from "@mantine/core";
import { LOCALES } from "@/core/text";
import { useT } from "../../../_i18n/use-t";
import type { WordsDraft } from "../lists/question-draft";

/** A short text in both languages; an empty one is left out. */
export function WordsInput({
  label,
  row,
  words,
  onChange,
}: {
  label: string;
  /** Which of several it belongs to. */
  row?: string;
  words: WordsDraft;
  onChange(words: WordsDraft): void;
}) {
  const t = useT("designerFields");
  return (
    <>
      {LOCALES.map((locale) => (
        <TextInput
          key={locale}
          size="xs"
          mb={4}
          aria-label={t("ofRow", { what: row ? `${label} ${row}` : label, row: t(`lang.${locale}`) })}
          placeholder={`${label} (${t(`lang.${locale}`)})`}
          value={words[locale] ?? ""}
          maxLength={300}
          onChange={(event) => {
            const { [locale]: _, ...rest } = words;
            onChange(event.target.value ? { ...rest, [locale]: event.target.value } : rest);
          }}
        />
      ))}
    </>
  );
}
