"use client";
import { ActionIcon, Select, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import Link from "next/link";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { isolated } from "../../_i18n/isolated";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { SmsView } from "../../_ui/message/message-views";
import { EmptyState } from "../../_ui/page/empty-state";
import { useProblem } from "../../_ui/page/error-panel";
import { When } from "../../_ui/time/when";
import { useApi, useMay } from "../../_ui/workspace";
import type { Received } from "./received";
import classes from "./sandbox.module.css";

type Reply = { to: string; text: string; at: string };

/** A phone with one conversation: the texts that reached a number, and replies as its owner. */
export function Phone({ texts }: { texts: Received[] }) {
  const t = useT("sandbox");
  const states = useT("states");
  const api = useApi();
  const problem = useProblem();
  // The newest text to a number says whose it is.
  const owners = new Map<string, Received>();
  for (const text of texts) if (!owners.has(text.to)) owners.set(text.to, text);
  const numbers = [...owners.keys()];
  const [chosen, setChosen] = useState<string | null>(null);
  const [replies, setReplies] = useState<Reply[]>([]);
  const [typed, setTyped] = useState("");
  const mayReply = useMay("message.write");
  const number = chosen !== null && numbers.includes(chosen) ? chosen : numbers[0];
  const owner = number === undefined ? undefined : owners.get(number);
  const screen = useRef<HTMLDivElement>(null);
  const statusOf = (status: string | undefined) => {
    if (status === "sent" || status === "undelivered") return t(status);
    return status === "delivered" || status === "failed" || status === "queued" ? states(`message.${status}`) : status;
  };
  const theirs = texts
    .filter((text) => text.to === number)
    .map((text) => ({
      id: text.id,
      text: text.text ?? "",
      sentAt: text.at,
      at: <When at={text.at} />,
      status: statusOf(text.status),
    }));
  const ours = replies
    .filter((reply) => reply.to === number)
    .map((reply) => ({
      id: `reply-${reply.at}`,
      text: reply.text,
      sentAt: reply.at,
      at: <When at={reply.at} />,
      status: undefined,
      isOurs: false,
    }));
  const shown = [...theirs, ...ours].sort((a, b) => a.sentAt.localeCompare(b.sentAt));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new bubble scrolls into view
  useEffect(() => {
    screen.current?.scrollTo({ top: screen.current.scrollHeight });
  }, [number, shown.length]);

  const reply = async (event: FormEvent) => {
    event.preventDefault();
    const text = typed.trim();
    if (!number || !text) return;
    try {
      await api.post("//sandbox/reply", { from: number, body: text });
      setReplies((all) => [...all, { to: number, text, at: new Date().toISOString() }]);
      setTyped("");
      notifications.show({ message: t("replied") });
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
  };

  return (
    <div className={classes.device}>
      <div className={classes.deviceHead}>
        <Select
          aria-label={t("conversations")}
          variant="unstyled"
          searchable
          value={number ?? null}
          onChange={setChosen}
          data={[...owners].map(([to, { memberName }]) => ({
            value: to,
            label: memberName ? `${isolated(memberName)} · ${to}` : to,
          }))}
          comboboxProps={{ width: 300 }}
          className={classes.number}
        />
        <Text size="xs" c="dimmed">
          {owner && (
            <>
              <Link href={`/members/${owner.member}`}>{t("member")}</Link> · {t("from", { sender: owner.from })}
            </>
          )}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.screen} ref={screen} tabIndex={0} role="log" aria-label={t("phone")}>
        {shown.length === 0 ? <EmptyState small icon="sms" title={t("emptySms")} /> : <SmsView texts={shown} />}
      </div>
      {mayReply && (
        <form className={classes.reply} onSubmit={(event) => void reply(event)}>
          <TextInput
            aria-label={t("reply")}
            placeholder={t("replyHint")}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
            radius="xl"
            disabled={!number}
            className={classes.replyField}
          />
          <ActionIcon type="submit" radius="xl" size={36} aria-label={t("send")} disabled={!number || !typed.trim()}>
            <Icon name="send" size={16} />
          </ActionIcon>
        </form>
      )}
    </div>
  );
}
