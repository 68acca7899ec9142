"use client";
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { JobProgress } from "../../_ui/live/job-progress";
import { useJob } from "../../_ui/live/use-job";
import { Dialog } from "../../_ui/page/dialog";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi, useMay } from "../../_ui/workspace";
import { useAble } from "../commands/use-able";
import type { Counts } from "../live/figures/counts";
import { useJourneyId } from "../store/journey-id";

type FellDue = "late" | "skip" | "exit";
type Fell = { runs: number; messages: number; broadcasts: number };
type Changed = { state: string; job?: string | null };

/** Pause, resume with its question, and stop: what can be done to a journey in its state. */
export function RunState({ state, onState }: { state: string; onState(state: string): void }) {
  const t = useT("lifecycle");
  const may = useMay("journey.operate");
  const api = useApi();
  const problem = useProblem();
  const journey = useJourneyId();
  const [asked, setAsked] = useState<Fell | undefined>();
  const [isStopping, setStopping] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [job, setJob] = useState<string | undefined>();
  const switching = useRef<HTMLButtonElement>(null);
  // A button that is busy lets go of the keyboard: it gets it back, unless it is elsewhere by now.
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !isBusy && window.document.activeElement === window.document.body)
      switching.current?.focus({ preventScroll: true });
    wasBusy.current = isBusy;
  }, [isBusy]);
  const change = async (verb: string, body: object, says: string) => {
    setBusy(true);
    try {
      const changed = await api.post<Changed>(`/journeys/${journey}/${verb}`, body);
      onState(changed.state);
      if (changed.job) setJob(changed.job);
      else notifications.show({ message: says, autoClose: 5000 });
      setAsked(undefined);
      setStopping(false);
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    } finally {
      setBusy(false);
    }
  };
  const resume = async () => {
    setBusy(true);
    try {
      const fell = await api.get<Fell>(`/journeys/${journey}/resume-preview`);
      setBusy(false);
      if (fell.runs + fell.messages + fell.broadcasts === 0) return change("resume", {}, t("resumed"));
      setAsked(fell);
    } catch (error) {
      setBusy(false);
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
  };
  const pause = () => void change("pause", {}, t("paused"));
  const stop = () => setStopping(true);
  const isRunning = state === "live" || state === "paused";
  useAble("state", () =>
    may && isRunning && !isBusy ? { stop, ...(state === "live" ? { pause } : { resume: () => void resume() }) } : {},
  );
  if (!may || (!isRunning && job === undefined)) return null;
  return (
    <>
      {isRunning && (
        <Button
          ref={switching}
          variant="default"
          loading={isBusy}
          onClick={() => (state === "live" ? pause() : void resume())}
          data-testid={state === "live" ? "pause" : "resume"}
        >
          {t(state === "live" ? "pause" : "resume")}
        </Button>
      )}
      {isRunning && (
        <Button variant="subtle" color="gray" onClick={stop} data-testid="stop">
          {t("stop")}
        </Button>
      )}
      {asked && (
        <ResumeDialog
          fell={asked}
          isBusy={isBusy}
          onClose={() => setAsked(undefined)}
          onChoose={(fellDue) => void change("resume", { fellDue }, t("resumed"))}
        />
      )}
      {isStopping && (
        <StopDialog
          isBusy={isBusy}
          onClose={() => setStopping(false)}
          onStop={() => void change("stop", {}, t("stopped"))}
        />
      )}
      {job && (
        <Underway
          job={job}
          {...(state === "stopped"
            ? { title: t("stopping"), done: t("stopped") }
            : { title: t("resuming"), done: t("resumed") })}
          onOver={() => {
            void api.get<Changed>(`/journeys/${journey}`).then((now) => onState(now.state));
          }}
          onClose={() => setJob(undefined)}
        />
      )}
    </>
  );
}

function ResumeDialog({
  fell,
  isBusy,
  onChoose,
  onClose,
}: {
  fell: Fell;
  isBusy: boolean;
  onChoose(fellDue: FellDue): void;
  onClose(): void;
}) {
  const t = useT("lifecycle");
  const [choice, setChoice] = useState<FellDue>("late");
  return (
    <Dialog opened onClose={onClose} title={t("resumeTitle")} zIndex={300}>
      <Stack gap="md" data-testid="resume-dialog">
        <Text size="sm">{t("resumeLead", fell)}</Text>
        <Radio.Group aria-label={t("resumeTitle")} value={choice} onChange={(value) => setChoice(asFellDue(value))}>
          <Stack gap="sm">
            <Radio value="late" label={t("late")} description={t("lateHint")} />
            <Radio value="skip" label={t("skip")} description={t("skipHint")} />
            <Radio value="exit" label={t("leave")} description={t("leaveHint")} />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button loading={isBusy} onClick={() => onChoose(choice)} data-testid="resume-now">
            {t("resume")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const asFellDue = (value: string): FellDue => (value === "skip" || value === "exit" ? value : "late");

function StopDialog({ isBusy, onStop, onClose }: { isBusy: boolean; onStop(): void; onClose(): void }) {
  const t = useT("lifecycle");
  const api = useApi();
  const journey = useJourneyId();
  const { data } = useQuery({
    queryKey: ["counts", journey],
    queryFn: ({ signal }) => api.get<Counts>(`/journeys/${journey}/counts`, {}, signal),
  });
  return (
    <Dialog opened onClose={onClose} title={t("stopTitle")} zIndex={300}>
      <Stack gap="md" data-testid="stop-dialog">
        <Text size="sm">{t("stopLead", { count: data?.total.waiting ?? 0 })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="danger" loading={isBusy} onClick={onStop} data-testid="stop-now">
            {t("stop")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Underway({
  job,
  title,
  done,
  onOver,
  onClose,
}: {
  job: string;
  title: string;
  /** The title once all of it is done. */
  done: string;
  onOver(): void;
  onClose(): void;
}) {
  const common = useT("common");
  const known = useJob(job);
  const isOver = known !== undefined && known.state !== "running";
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it is over
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver]);
  return (
    <Dialog opened onClose={onClose} title={known?.state === "done" ? done : title} zIndex={300}>
      <Stack gap="md">
        <JobProgress id={job} />
        {isOver && (
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus data-testid="job-close">
              {common("close")}
            </Button>
          </Group>
        )}
      </Stack>
    </Dialog>
  );
}
