"use client";
import { sampled } from "@/core/message/sampled";
import { segments } from "@/core/message/segments";
import { useT } from "../../../_i18n/use-t";
import { useWorkspace } from "../../../_ui/workspace";
import { money } from "../../money";
import { useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import classes from "../fields.module.css";
import type { EditorProps } from "./editor-props";
import { asSent } from "./preview/as-sent";
import { useSample } from "./preview/sample-of";
import { useRendered } from "./preview/use-rendered";
import { TemplateInput } from "./template-input";

/** An SMS's text with what it will cost: parts and characters of all that is sent, for the previewed member or with sample values filled in. */
export function SmsEditor({ content, locale, purpose, error, set }: EditorProps) {
  const t = useT("designerFields");
  const { scopes } = useSample();
  const around = useWorkspace();
  const { smsPrice, currency } = around;
  const { locale: reader } = useShelf();
  const text = typeof content.text === "string" ? content.text : "";
  const isReal = useDesigner((state) => state.previewAs !== undefined);
  const { pieces, isExact } = sampled(asSent(text, { purpose, locale, around }), scopes[locale]);
  const { rendered } = useRendered({ channel: "sms", content, locale, purpose }, true);
  const invented = pieces.map((piece) => piece.text).join("");
  const isServers = (isReal || !isExact) && invented !== "" && rendered !== undefined;
  const { parts, units, encoding, left } = segments(isServers ? rendered.text : invented);
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
