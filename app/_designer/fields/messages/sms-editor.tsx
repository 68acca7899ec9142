"use client";
import { useT } from "../../../_i18n/use-t";
import type { EditorProps } from "./editor-props";
import { SmsMeter } from "./sms-meter";
import { TemplateInput } from "./template-input";

/** An SMS's text, with what it costs. */
export function SmsEditor({ content, locale, purpose, error, set }: EditorProps) {
  const t = useT("designerFields");
  const text = typeof content.text === "string" ? content.text : "";
  return (
    <TemplateInput
      label={t("smsText")}
      multiline
      value={text}
      error={error("text")}
      onChange={(next) => set("text", next)}
      below={
        text === "" ? undefined : (
          <SmsMeter content={content} locale={locale} purpose={purpose} onChange={(next) => set("text", next)} />
        )
      }
    />
  );
}
