"use client";
import { Button, Input } from "@mantine/core";
import { useState } from "react";
import { canonical } from "@/core/hash";
import { CHANNELS, type ChannelKind, type Purpose } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { writingOf } from "@/core/message/prefilled";
import { LOCALES, type Locale } from "@/core/text";
import { useT } from "../../../_i18n/use-t";
import { nodeOf } from "../../edit/place";
import { kindOf } from "../../kinds";
import { useNodeProblems } from "../../problems/use-problems";
import { useSay, useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import type { EditorProps } from "./editor-props";
import { EmailEditor } from "./mail/email-editor";
import { MessagePreview } from "./preview/message-preview";
import { PushEditor } from "./push-editor";
import { SmsEditor } from "./sms-editor";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isChannel = (value: unknown): value is ChannelKind => CHANNELS.some((channel) => channel === value);

/** What a message says: the chosen channel's editor, one tab a language, and how it will look. */
export function ContentField({ meta, value, config, node, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const { locale: own } = useShelf();
  const problems = useNodeProblems(node);
  const path = useDesigner((state) => state.path);
  const kind = useDesigner((state) => nodeOf(state.document, node)?.kind);
  const channel = isChannel(config.channel) ? config.channel : "sms";
  const purpose: Purpose = config.purpose === "service" ? "service" : "marketing";
  const all = isObject(value) ? value : {};
  const texts = isObject(all[channel]) ? all[channel] : {};
  const [chosen, setChosen] = useState<Locale>(() =>
    texts[own] !== undefined || Object.keys(texts).length === 0
      ? own
      : (LOCALES.find((locale) => texts[locale] !== undefined) ?? own),
  );
  const jumped = LOCALES.find((locale) => locale === path?.[2]);
  const [seen, setSeen] = useState(path);
  if (path !== seen) {
    setSeen(path);
    if (jumped) setChosen(jumped);
  }
  const content = texts[chosen];
  const shown: Record<string, unknown> = isObject(content) ? content : { ...channels[channel].initial };
  const initial = kindOf(kind ?? "")?.initial;
  const began = isObject(initial) && isObject(initial.content) ? initial.content[channel] : undefined;
  /** What says nothing is not kept: the language is missing again, and with the last one the channel. */
  const put = (locale: Locale, next: unknown) => {
    const { [locale]: _, ...others } = texts;
    const { [channel]: __, ...rest } = all;
    const written = canonical(next) === canonical(channels[channel].initial) ? others : { ...others, [locale]: next };
    onChange(Object.keys(written).length === 0 ? rest : { ...rest, [channel]: written });
  };
  const other = LOCALES.find((locale) => locale !== chosen && texts[locale] !== undefined);
  const error: EditorProps["error"] = (...place) => {
    const whole = ["content", channel, chosen, ...place];
    const found = problems.filter(({ path }) => whole.every((step, i) => step === path[i]));
    return found.length > 0 ? [...new Set(found.map(({ says }) => says))].join("\n") : undefined;
  };
  const editor: EditorProps = {
    content: shown,
    locale: chosen,
    purpose,
    error,
    set: (key, next) => {
      const { [key]: _, ...rest } = shown;
      put(chosen, next === undefined ? rest : { ...rest, [key]: next });
    },
  };
  return (
    <Input.Wrapper label={`${say(meta.label)} · ${say(channels[channel].name)}`} labelElement="div">
      <div className={classes.tabs} role="tablist" aria-label={t("language")} style={{ marginTop: 6 }}>
        {LOCALES.map((locale) => {
          const writing = writingOf(texts[locale], isObject(began) ? began[locale] : undefined);
          return (
            <button
              key={locale}
              type="button"
              role="tab"
              className={classes.tab}
              aria-selected={locale === chosen}
              data-writing={writing}
              data-testid={`language-${locale}`}
              onClick={() => setChosen(locale)}
            >
              {t(`lang.${locale}`)} <small>{t(`writing.${writing}`)}</small>
            </button>
          );
        })}
      </div>
      <div className={classes.editor} role="tabpanel" aria-label={t(`lang.${chosen}`)}>
        {content === undefined && other && (
          <Button variant="light" size="compact-sm" onClick={() => put(chosen, structuredClone(texts[other]))}>
            {t("copyFrom", { language: t(`lang.${other}`) })}
          </Button>
        )}
        {channel === "sms" && <SmsEditor {...editor} />}
        {channel === "email" && <EmailEditor {...editor} />}
        {channel === "push" && <PushEditor {...editor} />}
        {content !== undefined && (
          <MessagePreview channel={channel} content={shown} locale={chosen} purpose={purpose} />
        )}
      </div>
    </Input.Wrapper>
  );
}
