"use client";
import { Paper, Text, Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { MailView } from "../../_ui/message/message-views";
import { EmptyState } from "../../_ui/page/empty-state";
import { When } from "../../_ui/time/when";
import type { Received } from "./received";
import classes from "./sandbox.module.css";

/** A mailbox: the list above, the mail chosen (or the newest) below, as its reader sees it. */
export function Mails({ mails }: { mails: Received[] }) {
  const t = useT("sandbox");
  const [chosen, setChosen] = useState<string>();
  const open = mails.find((mail) => mail.id === chosen) ?? mails[0];
  return (
    <Paper withBorder className={classes.mailbox} component="section" aria-labelledby="mails">
      <Title order={2} id="mails" className={classes.mailboxTitle}>
        {t("mails")} <span className={classes.count}>{mails.length}</span>
      </Title>
      {mails.length === 0 && <EmptyState small icon="email" title={t("emptyMail")} />}
      {mails.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ul className={classes.mailList} aria-label={t("listView")} tabIndex={0}>
          {mails.map((mail) => (
            <li key={mail.id}>
              <UnstyledButton
                className={classes.mailLine}
                aria-current={mail.id === open?.id || undefined}
                onClick={() => setChosen(mail.id)}
              >
                <span className={classes.mailTo} title={mail.to}>
                  {mail.memberName && <b>{mail.memberName}</b>} {mail.to}
                </span>
                <span className={classes.mailSubject} title={mail.subject}>
                  {mail.subject || t("noSubject")}
                </span>
                <Text span size="xs" c="dimmed">
                  <When at={mail.at} />
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div className={classes.reader}>
          <MailView
            subject={open.subject ?? ""}
            from={open.from}
            to={open.memberName ? `${open.memberName} <${open.to}>` : open.to}
            at={<When at={open.at} exact />}
            height={480}
            {...(open.html && { html: open.html })}
            {...(open.text && { text: open.text })}
          />
        </div>
      )}
    </Paper>
  );
}
