"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ChannelKind, Purpose, Rendered } from "@/core/message/channel";
import { withOptOut } from "@/core/message/opt-out";
import type { Locale } from "@/core/text";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../../_ui/api";
import { useApi } from "../../_ui/workspace";
import classes from "./fields.module.css";
import { useVariables } from "./template-input";
import { sampled } from "./variables";

type Props = { channel: ChannelKind; content: Record<string, unknown>; locale: Locale; purpose: Purpose };

/** How the message will look: SMS and push at once with sample values, a mail as the server renders it. */
export function MessagePreview(props: Props) {
  const t = useT("designerFields");
  return (
    <section aria-label={t("preview")} data-testid="message-preview">
      <div className={classes.previewHead}><b>{t("preview")}</b><span>{t("previewSample")}</span></div>
      {props.channel === "email" ? <Mail {...props} /> : props.channel === "sms" ? <Sms {...props} /> : <Push {...props} />}
    </section>
  );
}

function Filled({ template, locale }: { template: unknown; locale: Locale }) {
  const variables = useVariables();
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
  return <>{sampled(typeof template === "string" ? template : "", variables, locale).map((part, i) => (part.isFilled ? <span key={i} className={classes.filled}>{part.text}</span> : part.text))}</>;
}

function Sms({ content, locale, purpose }: Props) {
  const text = typeof content.text === "string" ? content.text : "";
  const whole = purpose === "marketing" ? withOptOut(text, locale) : text;
  return <div className={classes.phone} style={{ marginTop: 4 }}><div className={classes.bubble}><Filled template={whole} locale={locale} /></div></div>;
}

function Push({ content, locale }: Props) {
  return <div className={classes.push} style={{ marginTop: 4 }}><b><Filled template={content.title} locale={locale} /></b><span><Filled template={content.body} locale={locale} /></span></div>;
}

type Previewed = { rendered?: Rendered["email"] } & Partial<Rendered["email"]>;

function Mail({ content, locale, purpose }: Props) {
  const t = useT("designerFields");
  const api = useApi();
  const variables = useVariables();
  const [asked] = useDebouncedValue(JSON.stringify(content), 500);
  const { data, error, isFetching } = useQuery({
    queryKey: ["preview", "email", locale, purpose, asked],
    queryFn: async () => {
      const answer = await api.post<Previewed>("/messages/preview", { channel: "email", locale, purpose, content: JSON.parse(asked) as unknown });
      return answer.rendered ?? answer;
    },
    retry: false, staleTime: 60_000, placeholderData: (before) => before,
  });
  const subject = data?.subject ?? sampled(typeof content.subject === "string" ? content.subject : "", variables, locale).map((part) => part.text).join("");
  const reason = error instanceof ApiError && error.code !== "not_found" ? (error.detail ?? error.code) : undefined;
  return (
    <div className={classes.mail} style={{ marginTop: 4 }} aria-busy={isFetching}>
      <div className={classes.mailHead}><b>{subject || "—"}</b>{data?.preheader && <span>{data.preheader}</span>}</div>
      {data?.html && !error && <iframe title={t("preview")} sandbox="" srcDoc={data.html} />}
      {reason && <p className={classes.hint} style={{ padding: 12 }}>{t("previewBroken", { reason })}</p>}
      {!data && isFetching && <p className={classes.hint} style={{ padding: 12 }}>{t("previewing")}</p>}
    </div>
  );
}
