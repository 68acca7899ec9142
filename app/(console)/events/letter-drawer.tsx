"use client";
import { Button, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "use-intl";
import type { CauseCode } from "@/core/events/letter-cause";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { EventFields } from "../../_ui/fields/event-fields";
import { KeyValue } from "../../_ui/fields/key-value";
import { Icon } from "../../_ui/icons";
import { useEventName } from "../../_ui/loyalty/event-name";
import { SideDialog } from "../../_ui/page/dialog";
import { ErrorPanel, useProblem } from "../../_ui/page/error-panel";
import { LinkButton } from "../../_ui/page/link-button";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { When } from "../../_ui/time/when";
import { useApi, useMay } from "../../_ui/workspace";
import { AsideDialog } from "./aside-dialog";
import { Correction } from "./correction";
import classes from "./events.module.css";
import type { Letter } from "./letter";
import { LostSend } from "./lost-send";
import { useTakingBack } from "./use-take-back";
import { Whose } from "./whose";

/** One letter: why it could not be used, what it said, and the ways on. */
export function LetterDrawer({ id, onClose, onDone }: { id: string | null; onClose(): void; onDone(): void }) {
  const t = useT("letters");
  const api = useApi();
  const eventName = useEventName();
  const queries = useQueryClient();
  const [corrects, setCorrects] = useState<string | null>(null);
  const { data: letter, error } = useQuery({
    queryKey: ["letter", id],
    enabled: id !== null,
    queryFn: ({ signal }) => api.get<Letter>(`/dead-letters/${id}`, {}, signal),
  });
  const changed = () => {
    void queries.invalidateQueries({ queryKey: ["letter", id] });
    onDone();
  };
  return (
    <SideDialog
      opened={id !== null}
      onClose={onClose}
      size={corrects !== null && corrects === id ? "min(62rem, 96vw)" : "lg"}
      title={letter ? (letter.name === null ? t("unnamed") : eventName(letter.name)) : ""}
    >
      {error ? (
        <ErrorPanel error={error} />
      ) : !letter ? (
        <CardSkeleton lines={6} />
      ) : (
        <Opened
          key={letter.id}
          letter={letter}
          isCorrecting={corrects === letter.id}
          onCorrect={(is) => setCorrects(is ? letter.id : null)}
          onChanged={changed}
        />
      )}
    </SideDialog>
  );
}

function Opened({
  letter,
  isCorrecting,
  onCorrect,
  onChanged,
}: {
  letter: Letter;
  isCorrecting: boolean;
  onCorrect(is: boolean): void;
  onChanged(): void;
}) {
  const t = useT("letters");
  const events = useT("events");
  const locale = useLocale();
  const api = useApi();
  const problem = useProblem();
  const mayWrite = useMay("event.write");
  const isSend = letter.kind === "send";
  const judge = async () => {
    try {
      await api.post(`/dead-letters/${letter.id}/replay`);
      notifications.show({
        message: isSend ? t("sentAll", { replayed: 1, left: 0 }) : events("replayedAll", { replayed: 1, left: 0 }),
      });
      onChanged();
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "danger", title, message: says });
    }
  };
  const [isAsking, setAsking] = useState(false);
  const takeBack = useTakingBack(onChanged);
  const isOpen = letter.replayedAt === null && letter.setAside === null;
  return (
    <Stack data-testid="letter">
      <div className={classes.verdict} data-open={isOpen || undefined}>
        <Icon name={isOpen ? "warning" : "check"} size={18} />
        <div>
          <strong>{letter.says[locale]}</strong>
          {letter.mayJudge && <p>{t(isSend ? "maySend" : "mayJudge")}</p>}
          {letter.setAside && (
            <p>
              {t("asideBy", { name: letter.setAside.by ?? t("somebody") })} · <When at={letter.setAside.at} exact />:{" "}
              {letter.setAside.why}
            </p>
          )}
          {letter.replayedAt && (
            <p>
              {t(letter.correctedAs ? "correctedAs" : isSend ? "sentAgain" : "judgedAgain")} ·{" "}
              <When at={letter.replayedAt} exact />
            </p>
          )}
        </div>
      </div>
      <KeyValue
        facts={[
          [events("name"), letter.name === null ? undefined : <code key="n">{letter.name}</code>],
          [events("who"), <Whose key="w" letter={letter} />],
          [
            t("orderNumber"),
            letter.order ? <CopyField key="o" value={letter.order} label={t("orderNumber")} /> : undefined,
          ],
          [t("received"), <When key="r" at={letter.at} exact />],
          [
            events("messageId"),
            letter.messageId === null ? undefined : (
              <CopyField key="m" value={letter.messageId} label={events("messageId")} />
            ),
          ],
          [t("technical"), OURS.has(letter.cause ?? "") ? <code key="d">{letter.facts.detail}</code> : undefined],
        ]}
      />
      {!isCorrecting && (
        <>
          {isSend && <LostSend message={letter.id} />}
          <EventFields event={letter.name ?? ""} values={fieldsOf(letter)} whole={letter.payload} />
        </>
      )}
      {isCorrecting ? (
        <Correction
          letter={letter.id}
          onSent={() => {
            onCorrect(false);
            onChanged();
          }}
        />
      ) : (
        <Group>
          {mayWrite && isOpen && letter.kind === "event" && (
            <Button
              variant={letter.mayJudge ? "default" : "filled"}
              onClick={() => onCorrect(true)}
              data-testid="correct"
            >
              {t("correct")}
            </Button>
          )}
          {mayWrite && letter.mayJudge && (
            <Button onClick={() => void judge()} data-testid="judge-one">
              {t(isSend ? "sendAgain" : "judge")}
            </Button>
          )}
          {isSend && (
            <LinkButton href={`/messages?message=${letter.id}`} variant="default">
              {t("openMessage")}
            </LinkButton>
          )}
          {mayWrite && isOpen && (
            <Button variant="default" onClick={() => setAsking(true)} data-testid="set-one-aside">
              {t("aside")}
            </Button>
          )}
          {mayWrite && letter.setAside && (
            <Button onClick={() => void takeBack([letter.id])} data-testid="take-one-back">
              {t("takeBack")}
            </Button>
          )}
          {letter.correctedAs && (
            <LinkButton href={`/events?event=${letter.correctedAs}`} variant="default">
              {t("openEvent")}
            </LinkButton>
          )}
          {(letter.member ?? letter.sender?.member) && (
            <LinkButton href={`/members/${letter.member ?? letter.sender?.member}`} variant="default">
              {events("openMember")}
            </LinkButton>
          )}
        </Group>
      )}
      {isAsking && (
        <AsideDialog
          filter={{ letters: [letter.id] }}
          areSends={isSend}
          onDone={onChanged}
          onClose={() => setAsking(false)}
        />
      )}
    </Stack>
  );
}

/** Causes whose sentence leaves out what Postgres or our own code said. */
const OURS = new Set<string>(["not_storable", "not_judged"] satisfies CauseCode[]);

/** What is told field by field. Of a message only its channel: its journey and step are told by name, its reason is the headline. */
function fieldsOf({ kind, payload }: Letter): unknown {
  const properties = propertiesOf(payload);
  if (kind !== "send") return properties;
  const { channel }: { channel?: unknown } = Object(properties);
  return channel === undefined ? {} : { channel };
}

/** The properties of what was said at the door, or of the event that dispatch could not judge; an identify has traits. */
function propertiesOf(payload: unknown): unknown {
  const { said, ...own }: { said?: unknown; properties?: unknown; traits?: unknown } = Object(payload);
  const { properties, traits }: { properties?: unknown; traits?: unknown } = said === undefined ? own : Object(said);
  return properties ?? traits ?? {};
}
