"use client";
import { withOptOut } from "@/core/message/opt-out";
import { segments } from "@/core/message/segments";
import { useT } from "../../../_i18n/use-t";
import { useWorkspace } from "../../../_ui/workspace";
import { money } from "../../money";
import { useShelf } from "../../shelf";
import classes from "../fields.module.css";
import type { EditorProps } from "./editor-props";
import { TemplateInput, useVariables } from "./template-input";
import { sampled } from "./variables";

/** An SMS's text with what it will cost: parts and characters, counted with sample values filled in. */
export function SmsEditor({ content, locale, purpose, error, set }: EditorProps) {
  const t = useT("designerFields");
  const variables = useVariables();
  const { smsPrice, currency } = useWorkspace();
  const { locale: reader } = useShelf();
  const text = typeof content.text === "string" ? content.text : "";
  const filled = sampled(text, variables, locale)
    .map((part) => part.text)
    .join("");
  const { parts, units, encoding, left } = segments(purpose === "marketing" ? withOptOut(filled, locale) : filled);
  return (
    <TemplateInput
      label={t("smsText")}
      multiline
      value={text}
      error={error("text")}
      onChange={(next) => set("text", next)}
      below={
        <div className={classes.meter} data-many={parts > 2 || undefined} style={{ marginTop: 4 }}>
          <b data-testid="sms-count">
            {t("smsCount", { parts, units: String(units), encoding })}
            {smsPrice > 0 && parts > 0 && ` · ${t("smsCost", { cost: money(parts * smsPrice, currency, reader) })}`}
          </b>
          <span>{t("smsLeft", { left: String(left) })}</span>
        </div>
      }
    />
  );
}
