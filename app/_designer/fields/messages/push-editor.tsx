"use client";
import { PUSH_SHOWN } from "@/core/message/channels/push";
import { sampled, textOf } from "@/core/message/sample/sampled";
import { columnsOf, isWide } from "@/core/message/width";
import { useT } from "../../../_i18n/use-t";
import classes from "../fields.module.css";
import type { EditorProps } from "./editor-props";
import { useSample } from "./preview/sample-of";
import { TemplateInput } from "./template-input";

/** A web push: title, text, and what a tap opens; with how much of it phones show. */
export function PushEditor({ content, locale, error, set }: EditorProps) {
  const t = useT("designerFields");
  const text = (key: string) => (typeof content[key] === "string" ? content[key] : "");
  const { scopes } = useSample();
  const meter = (key: "title" | "body") => {
    const words = textOf(sampled(text(key), scopes[locale]).pieces);
    return words === "" ? undefined : <Shown words={words} most={PUSH_SHOWN[key]} testId={`shown-${key}`} />;
  };
  return (
    <>
      <TemplateInput
        label={t("pushTitle")}
        value={text("title")}
        error={error("title")}
        below={meter("title")}
        onChange={(next) => set("title", next)}
      />
      <TemplateInput
        label={t("pushBody")}
        multiline
        value={text("body")}
        error={error("body")}
        below={meter("body")}
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

/** The words as the invented member gets them, against what phones show: in Chinese characters where there are any, else in letters. */
function Shown({ words, most, testId }: { words: string; most: number; testId: string }) {
  const p = useT("designerPreview");
  const columns = columnsOf(words);
  const width = isWide(words) ? 2 : 1;
  return (
    <div
      className={classes.meter}
      data-many={columns > most || undefined}
      style={{ marginTop: 4 }}
      data-testid={testId}
    >
      <b>{p("shown", { used: String(Math.ceil(columns / width)), most: String(most / width) })}</b>
    </div>
  );
}
