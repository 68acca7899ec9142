"use client";
import { SegmentedControl, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../icons";
import { MailFrame } from "./mail-frame";
import classes from "./message-views.module.css";

/** Text messages as the phone shows them, oldest first. */
export function SmsView({
  texts,
}: {
  texts: { id?: string; text: string; at?: ReactNode; isOurs?: boolean; status?: ReactNode }[];
}) {
  return (
    <ol className={classes.bubbles}>
      {texts.map((one, i) => (
        <li key={one.id ?? i} className={classes.bubbleLine} data-mine={one.isOurs === false || undefined}>
          <div className={classes.bubble}>{linked(one.text)}</div>
          {(one.at || one.status) && (
            <div className={classes.bubbleTime}>
              {one.at}
              {one.status && <> · {one.status}</>}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

// What looks like a link opens in a tab of its own, without telling where from.
function linked(text: string): ReactNode[] {
  return text.split(/(https?:\/\/[^\s]+)/g).map((part, i) =>
    part.startsWith("http") ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <a key={i} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}

/** A mail as it arrived: as a page, and as the text that readers without pages see. */
export function MailView({
  subject,
  html,
  text,
  from,
  to,
  at,
  height = 420,
}: {
  subject: string;
  html?: string;
  text?: string;
  from?: string;
  to?: string;
  at?: ReactNode;
  height?: number;
}) {
  const t = useT("sandbox");
  const [form, setForm] = useState("page");
  const isPage = html && (form === "page" || !text);
  return (
    <article className={classes.mail}>
      <header className={classes.mailHead}>
        <div>
          <Text fw={600}>{subject || t("noSubject")}</Text>
          {(from || to) && (
            <Text size="xs" c="dimmed">
              {from} → {to}
              {at && <> · {at}</>}
            </Text>
          )}
        </div>
        {html && text && (
          <SegmentedControl
            size="xs"
            aria-label={t("form")}
            value={form}
            onChange={setForm}
            data={[
              { value: "page", label: t("asPage") },
              { value: "text", label: t("asText") },
            ]}
          />
        )}
      </header>
      {isPage ? (
        <MailFrame title={subject || t("noSubject")} html={html} className={classes.mailBody} style={{ height }} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className={classes.mailText} style={{ maxHeight: height }} tabIndex={0}>
          {text}
        </pre>
      )}
    </article>
  );
}

/** A push notification as a lock screen shows it. */
export function PushView({
  title,
  body,
  url,
  at,
}: {
  title: string;
  body: string;
  url?: string | undefined;
  at?: ReactNode;
}) {
  const t = useT("common");
  return (
    <article className={classes.push}>
      <span className={classes.pushIcon}>
        <Icon name="push" size={18} />
      </span>
      <div className={classes.pushText}>
        <div className={classes.pushApp}>
          <span>{t("product")}</span>
          <span>{at}</span>
        </div>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="sm">{body}</Text>
        {url && (
          <a href={url} target="_blank" rel="noreferrer" className={classes.pushLink}>
            {url}
          </a>
        )}
      </div>
    </article>
  );
}
