"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ChannelKind, Purpose, Rendered } from "@/core/message/channel";
import { EmailBlock } from "@/core/message/channels/email";
import { withOptOut } from "@/core/message/opt-out";
import type { Locale } from "@/core/text";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../../_ui/api";
import { MailFrame } from "../../_ui/mail-frame";
import { useApi } from "../../_ui/workspace";
import classes from "./fields.module.css";
import { useVariables } from "./template-input";
import { sampled } from "./variables";

type Props = { channel: ChannelKind; content: Record<string, unknown>; locale: Locale; purpose: Purpose };

/** How the message will look: at once, with sample values; a mail of own MJML as the server renders it. */
export function MessagePreview(props: Props) {
  const t = useT("designerFields");
  return (
    <section aria-label={t("preview")} data-testid="message-preview">
      <div className={classes.previewHead}>
        <b>{t("preview")}</b>
        <span>{t("previewSample")}</span>
      </div>
      {props.channel === "email" ? (
        <Mail {...props} />
      ) : props.channel === "sms" ? (
        <Sms {...props} />
      ) : (
        <Push {...props} />
      )}
    </section>
  );
}

function Filled({ template, locale }: { template: unknown; locale: Locale }) {
  const variables = useVariables();
  return (
    <>
      {sampled(typeof template === "string" ? template : "", variables, locale).map((part, i) =>
        part.isFilled ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
          <span key={i} className={classes.filled}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  );
}

function Sms({ content, locale, purpose }: Props) {
  const text = typeof content.text === "string" ? content.text : "";
  const whole = purpose === "marketing" ? withOptOut(text, locale) : text;
  return (
    <div className={classes.phone} style={{ marginTop: 4 }}>
      <div className={classes.bubble}>
        <Filled template={whole} locale={locale} />
      </div>
    </div>
  );
}

function Push({ content, locale }: Props) {
  return (
    <div className={classes.push} style={{ marginTop: 4 }}>
      <b>
        <Filled template={content.title} locale={locale} />
      </b>
      <span>
        <Filled template={content.body} locale={locale} />
      </span>
    </div>
  );
}

function Mail(props: Props) {
  const { content, locale } = props;
  const t = useT("designerFields");
  const blocks = Array.isArray(content.blocks) ? content.blocks.filter(isBlock) : [];
  return (
    <div className={classes.mail} style={{ marginTop: 4 }}>
      <div className={classes.mailHead}>
        <b>
          <Filled template={content.subject || "—"} locale={locale} />
        </b>
        {typeof content.preheader === "string" && (
          <span>
            <Filled template={content.preheader} locale={locale} />
          </span>
        )}
      </div>
      {typeof content.mjml === "string" ? (
        <OwnMjml {...props} />
      ) : (
        <div className={classes.mailBody}>
          {blocks.map((block, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
            <Block key={i} block={block} locale={locale} />
          ))}
          {blocks.length === 0 && <p className={classes.hint}>{t("block.text")} …</p>}
        </div>
      )}
    </div>
  );
}

function Block({ block, locale }: { block: EmailBlock; locale: Locale }) {
  switch (block.kind) {
    case "heading":
      return (
        <h4>
          <Filled template={block.text} locale={locale} />
        </h4>
      );
    case "text":
      return (
        <p>
          <Filled template={block.text} locale={locale} />
        </p>
      );
    case "button":
      return (
        <span className={classes.mailButton}>
          <Filled template={block.label || "…"} locale={locale} />
        </span>
      );
    case "coupon":
      return (
        <div className={classes.mailTicket}>
          <Filled template="{{ coupon.name }}" locale={locale} />
          <b>
            <Filled template="{{ coupon.code }}" locale={locale} />
          </b>
          <small>
            <Filled template="{{ coupon.expires_at | date }}" locale={locale} />
          </small>
        </div>
      );
    default:
      return block satisfies never;
  }
}

const isBlock = (value: unknown): value is EmailBlock => EmailBlock.safeParse(value).success;

/** A mail of the marketer's own MJML, as the server renders it. */
function OwnMjml({ content, locale, purpose }: Props) {
  const t = useT("designerFields");
  const api = useApi();
  const [asked] = useDebouncedValue(JSON.stringify(content), 500);
  const { data, error, isFetching } = useQuery({
    queryKey: ["preview", "email", locale, purpose, asked],
    queryFn: () =>
      api.post<Rendered["email"]>("/messages/preview", {
        channel: "email",
        locale,
        purpose,
        content: JSON.parse(asked) as unknown,
      }),
    retry: false,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  if (data && !error) return <MailFrame title={t("preview")} html={data.html} />;
  const reason = error instanceof ApiError ? (error.detail ?? error.code) : error ? String(error) : undefined;
  return (
    <p className={classes.hint} style={{ padding: 12 }} aria-busy={isFetching}>
      {reason ? t("previewBroken", { reason }) : t("previewing")}
    </p>
  );
}
