"use client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { MessageView } from "@/services/runs/messages";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { KeyValue } from "../../_ui/fields/key-value";
import type { Wire } from "../../_ui/live/wire";
import { useEventName } from "../../_ui/loyalty/event-name";
import { useMoney } from "../../_ui/loyalty/money";
import { Reason } from "../../_ui/loyalty/reason";
import { MailView, PushView, SmsView } from "../../_ui/message/message-views";
import { sourceName } from "../../_ui/names/source-name";
import { useProviderName } from "../../_ui/names/use-provider-name";
import { SideDialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { LinkButton } from "../../_ui/page/link-button";
import { StateBadge } from "../../_ui/page/state-badge";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { When } from "../../_ui/time/when";
import { useApi, useMay } from "../../_ui/workspace";
import { AgainDialog } from "./again-dialog";

type Message = Wire<MessageView>;

/** Of these a message may be sent again; in doubt, only on purpose. */
const GOES_AGAIN: ReadonlySet<string> = new Set(["failed", "skipped", "unknown"]);

/** One message as it was handed to the provider, why it went to this member, what it cost and what came of it. */
export function MessageDrawer({ id, onClose }: { id: string | null; onClose(): void }) {
  const t = useT("messages");
  const states = useT("states");
  const eventName = useEventName();
  const api = useApi();
  const money = useMoney();
  const providerName = useProviderName();
  const mayWrite = useMay("message.write");
  const [isAsking, setAsking] = useState(false);
  const {
    data: m,
    error,
    refetch,
  } = useQuery({
    queryKey: ["message", id],
    enabled: id !== null,
    queryFn: ({ signal }) => api.get<Message>(`/messages/${id}`, {}, signal),
  });
  return (
    <SideDialog opened={id !== null} onClose={onClose} size="md" title={m?.memberName ?? t("message")}>
      {error ? (
        <ErrorPanel error={error} />
      ) : !m ? (
        <CardSkeleton lines={6} />
      ) : (
        <Stack gap="lg">
          <section>
            <Title order={2} mb="xs">
              {t("content")}
            </Title>
            {m.rendered ? (
              <Rendered channel={m.channel} rendered={m.rendered} />
            ) : (
              <Text size="sm" c="dimmed">
                {t(m.state === "queued" ? "notRendered" : "neverRendered")}
              </Text>
            )}
          </section>
          <section>
            <Title order={2} mb="xs">
              {t("history")}
            </Title>
            <KeyValue
              facts={[
                [t("state"), <StateBadge key="s" of="message" state={m.state} />],
                [t("reason"), m.reason ? <Reason key="r" reason={m.reason} /> : undefined],
                [t("address"), m.address ?? undefined],
                [
                  t("purpose"),
                  m.purpose === "marketing" || m.purpose === "service" ? states(`purpose.${m.purpose}`) : m.purpose,
                ],
                [t("queued"), <When key="q" at={m.queuedAt} exact />],
                [t("claimed"), m.claimedAt ? <When key="c" at={m.claimedAt} exact /> : undefined],
                [t("accepted"), m.acceptedAt ? <When key="a" at={m.acceptedAt} exact /> : undefined],
                [t("delivered"), m.deliveredAt ? <When key="d" at={m.deliveredAt} exact /> : undefined],
                [t("opened"), m.openedAt ? <When key="o" at={m.openedAt} exact /> : undefined],
                [t("clicked"), m.clickedAt ? <When key="k" at={m.clickedAt} exact /> : undefined],
                [t("expires"), m.state === "queued" ? <When key="e" at={m.expiresAt} exact /> : undefined],
                [t("heldUntil"), m.heldUntil ? <When key="h" at={m.heldUntil} exact /> : undefined],
                [t("attempts"), m.attempts],
                [t("parts"), m.parts > 1 ? m.parts : undefined],
                [t("cost"), m.cost > 0 ? money(m.cost) : undefined],
                [t("provider"), m.provider ? providerName(m.provider) : undefined],
                [
                  t("againOf"),
                  m.againOf ? (
                    <Link key="w" href={`/messages?message=${m.againOf}`}>
                      {t("earlier")}
                    </Link>
                  ) : undefined,
                ],
                [
                  t("againBy"),
                  m.again ? (
                    <Link key="b" href={`/messages?message=${m.again}`}>
                      {t("later")}
                    </Link>
                  ) : undefined,
                ],
                [t("reference"), m.ref ? <CopyField key="f" value={m.ref} label={t("reference")} /> : undefined],
              ]}
            />
          </section>
          <section>
            <Title order={2} mb="xs">
              {t("whyTitle")}
            </Title>
            <KeyValue
              facts={[
                [t("journey"), m.journeyName ?? undefined],
                [t("entered"), m.entry ? <EntryEvent key="e" entry={m.entry} /> : undefined],
                [t("category"), m.category ?? undefined],
                [
                  t("consent"),
                  m.consent
                    ? t(m.consent.isGranted ? "consentGiven" : "consentWithdrawn", {
                        source: sourceName(states, eventName, m.consent.source),
                      })
                    : t("consentNone"),
                ],
                [t("suppressed"), m.suppressed ? <Reason key="b" reason={m.suppressed} /> : undefined],
              ]}
            />
          </section>
          <Group>
            {m.run && (
              <LinkButton href={`/runs/${m.run}`} variant="default">
                {t("openRun")}
              </LinkButton>
            )}
            {mayWrite && m.again === null && GOES_AGAIN.has(m.state) && (
              <Button onClick={() => setAsking(true)} data-testid="send-one-again">
                {t("again")}
              </Button>
            )}
          </Group>
          {isAsking && (
            <AgainDialog
              messages={[m.id]}
              onClose={() => {
                setAsking(false);
                void refetch();
              }}
            />
          )}
        </Stack>
      )}
    </SideDialog>
  );
}

function EntryEvent({ entry: { name, at } }: { entry: NonNullable<Message["entry"]> }) {
  const eventName = useEventName();
  return (
    <>
      {eventName(name)} · <When at={new Date(at).toISOString()} exact />
    </>
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function Rendered({ channel, rendered }: { channel: Message["channel"]; rendered: Record<string, unknown> }) {
  switch (channel) {
    case "sms":
      return <SmsView texts={[{ text: text(rendered.text) || text(rendered.body) }]} />;
    case "email":
      return <MailView subject={text(rendered.subject)} html={text(rendered.html)} text={text(rendered.text)} />;
    case "push":
      return <PushView title={text(rendered.title)} body={text(rendered.body)} />;
    default:
      return channel satisfies never;
  }
}
