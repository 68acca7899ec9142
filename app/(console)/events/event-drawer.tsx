"use client";
import { Alert, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { EventFields } from "../../_ui/fields/event-fields";
import { KeyValue } from "../../_ui/fields/key-value";
import { Icon } from "../../_ui/icons";
import { useEventName } from "../../_ui/loyalty/event-name";
import { SideDialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { LinkButton } from "../../_ui/page/link-button";
import { Badge } from "../../_ui/page/state-badge";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { When } from "../../_ui/time/when";
import { useApi } from "../../_ui/workspace";
import type { AcceptedEvent } from "./accepted-event";
import { CameOf } from "./came-of";

/** One event as it was stored, and what came of it. `known`: its line in the list, if it stands there. */
export function EventDrawer({
  id,
  known,
  onClose,
}: {
  id: string | null;
  known: AcceptedEvent | undefined;
  onClose(): void;
}) {
  const api = useApi();
  const eventName = useEventName();
  const { data, error } = useQuery({
    queryKey: ["event", id],
    enabled: id !== null && known === undefined,
    queryFn: ({ signal }) => api.get<AcceptedEvent>(`/events/${id}`, {}, signal),
  });
  const event = known ?? data;
  return (
    <SideDialog opened={id !== null} onClose={onClose} size="md" title={event ? eventName(event.name) : ""}>
      {error ? (
        <ErrorPanel error={error} />
      ) : event ? (
        <Opened key={event.id} event={event} />
      ) : (
        <CardSkeleton lines={6} />
      )}
    </SideDialog>
  );
}

function Opened({ event }: { event: AcceptedEvent }) {
  const t = useT("events");
  const locale = useLocale();
  const { correctedFrom, isTest } = event.context;
  return (
    <Stack>
      <KeyValue
        facts={[
          [t("name"), <code key="n">{event.name}</code>],
          [t("type"), event.type],
          [t("who"), event.memberName ?? undefined],
          [t("copyId"), <CopyField key="w" value={event.member} label={t("copyId")} />],
          [t("occurred"), <When key="o" at={event.occurredAt} exact />],
          [t("at"), <When key="a" at={event.acceptedAt} exact />],
          [t("eventId"), <CopyField key="e" value={event.id} label={t("eventId")} />],
          [t("messageId"), <CopyField key="m" value={event.messageId} label={t("messageId")} />],
        ]}
      />
      {isTest === true && <Badge tone="busy">{t("isTest")}</Badge>}
      {event.warnings.length > 0 && (
        <Alert variant="light" color="gray" icon={<Icon name="warning" />} title={t("notTaken")}>
          {event.warnings.map(({ path, says }) => (
            <Text size="sm" key={path.join(".")}>
              {path.length > 0 && <code>{path.join(".")}</code>} {says[locale]}
            </Text>
          ))}
        </Alert>
      )}
      <EventFields event={event.name} values={event.properties} whole={wholeOf(event)} />
      <CameOf event={event.id} />
      <LinkButton variant="default" href={`/members/${event.member}`}>
        {t("openMember")}
      </LinkButton>
      {typeof correctedFrom === "string" && (
        <LinkButton variant="default" href={`/events?show=rejected&state=all&letter=${correctedFrom}`}>
          {t("corrected")}
        </LinkButton>
      )}
    </Stack>
  );
}

/** The event as programs know it. */
const wholeOf = ({ warnings: _, memberName: __, ...event }: AcceptedEvent) => event;
