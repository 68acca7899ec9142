"use client";
import { ActionIcon, Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useLive } from "../../_ui/live/use-live";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi, useMay } from "../../_ui/workspace";
import { nodeOf } from "../edit/place";
import type { Broadcast } from "../live/figures/broadcast";
import { drawn } from "../store/designer";
import { useJourneyId } from "../store/journey-id";
import { useDesigner } from "../store/use-designer";
import { BroadcastLine } from "./broadcast-line";
import classes from "./broadcasts.module.css";
import { SendForm } from "./send-form";

const MOVING_MS = 2_000;
const RESTING_MS = 15_000;
const isPlanned = ({ state, startsAt, startedAt }: Broadcast, now: number): boolean =>
  (state === "waiting" || state === "paused") && startedAt === null && Date.parse(startsAt) > now;
const isMoving = ({ state }: Broadcast): boolean => state === "waiting" || state === "running";

/** The broadcasts of a journey that is sent to an audience: how far each has come, and what can be done to it. In Live mode only. */
export function Broadcasts({ state, isDirty }: { state: string; isDirty: boolean }) {
  const isSent = useDesigner((state) => {
    const { mode } = state;
    const trigger = nodeOf(drawn(state), drawn(state).entry)?.kind;
    return mode === "live" && (trigger === "on-broadcast" || trigger === "on-schedule");
  });
  return isSent ? <Panel state={state} isDirty={isDirty} /> : null;
}

function Panel({ state, isDirty }: { state: string; isDirty: boolean }) {
  const t = useT("designerBroadcasts");
  const api = useApi();
  const may = useMay("journey.operate");
  const problem = useProblem();
  const queries = useQueryClient();
  const journey = useJourneyId();
  const [isOpen, setOpen] = useState(true);
  const [isAsking, setAsking] = useState(false);
  const key = ["broadcasts", journey];
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => ({
      ...(await api.get<{ items: Broadcast[] }>(`/journeys/${journey}/broadcasts`, undefined, signal)),
      at: Date.now(),
    }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isMoving) ? MOVING_MS : RESTING_MS),
    retry: false,
  });
  const again = () => void queries.invalidateQueries({ queryKey: key });
  useLive([`journey:${journey}`], again);

  const act = async (path: string, body: object, says?: string): Promise<boolean> => {
    try {
      await api.post(path, body);
      if (says) notifications.show({ message: says, autoClose: 5_000 });
      return true;
    } catch (error) {
      const { title, says: why } = problem(error);
      notifications.show({ color: "danger", title, message: why });
      return false;
    } finally {
      again();
    }
  };
  const planned = data?.items.filter((one) => isPlanned(one, data.at)) ?? [];
  const [next] = planned.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  if (!isOpen)
    return (
      <Button
        className={classes.closed}
        variant="default"
        size="xs"
        leftSection={<Icon name="megaphone" size={15} />}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </Button>
    );
  return (
    <aside className={classes.panel} aria-label={t("title")} data-testid="broadcasts">
      <header className={classes.head}>
        <Icon name="megaphone" size={17} />
        <h2>{t("title")}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t("close")} onClick={() => setOpen(false)}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </header>
      <div className={classes.body} aria-busy={!data}>
        {state === "paused" && <p className={classes.note}>{t("stands")}</p>}
        {state !== "live" && state !== "paused" && <p className={classes.note}>{t("notLive")}</p>}
        {!data && <Placeholder />}
        {data?.items.length === 0 && (
          <div className={classes.empty}>
            <b>{t("none")}</b>
            <p>{t("noneHint")}</p>
          </div>
        )}
        <ul className={classes.list}>
          {data?.items.map((one) => (
            <BroadcastLine
              key={one.id}
              broadcast={one}
              seenAt={data.at}
              may={may}
              onAct={(verb) => act(`/broadcasts/${one.id}/${verb}`, {})}
            />
          ))}
        </ul>
      </div>
      {may && state === "live" && (
        <footer className={classes.foot}>
          {isAsking ? (
            <SendForm
              isDirty={isDirty}
              planned={next}
              onClose={() => setAsking(false)}
              onSend={async (at, planned) => {
                const body = { planned, ...(at && { at: at.toISOString() }) };
                if (await act(`/journeys/${journey}/broadcasts`, body, t(at === undefined ? "sent" : "planned")))
                  setAsking(false);
              }}
            />
          ) : (
            <Group justify="flex-end">
              <Button size="xs" onClick={() => setAsking(true)} data-testid="broadcast-ask">
                {t("sendAgain")}
              </Button>
            </Group>
          )}
        </footer>
      )}
    </aside>
  );
}

const Placeholder = () => (
  <div className={classes.placeholder} aria-hidden>
    <i />
    <i />
    <i />
  </div>
);
