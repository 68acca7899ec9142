"use client";
import { useT } from "../../../_i18n/use-t";
import type { EditorProps } from "./editor-props";
import { TemplateInput } from "./template-input";

/** A web push: title, text, and what a tap opens. */
export function PushEditor({ content, error, set }: EditorProps) {
  const t = useT("designerFields");
  const text = (key: string) => (typeof content[key] === "string" ? content[key] : "");
  return (
    <>
      <TemplateInput
        label={t("pushTitle")}
        value={text("title")}
        error={error("title")}
        onChange={(next) => set("title", next)}
      />
      <TemplateInput
        label={t("pushBody")}
        multiline
        value={text("body")}
        error={error("body")}
        onChange={(next) => set("body", next)}
      />
      <TemplateInput
        label={t("pushUrl")}
        value={text("url")}
        error={error("url")}
        placeholder="https://"
        description={t("pushUrlHint")}
        onChange={(next) => set("url", next || undefined)}
      />
    </>
  );
}
