"use client";
import { Button, Group, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { kindOf } from "@/core/journey/registry";
import type { RunLine } from "@/services/runs/run-line";
import { useName, useNameOf } from "../../_designer/use-says";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../../_ui/api";
import { JobProgress } from "../../_ui/live/job-progress";
import type { Wire } from "../../_ui/live/wire";
import { Dialog } from "../../_ui/page/dialog";
import { useProblem } from "../../_ui/page/error-panel";
import { newUuid } from "../../_ui/uuid";
import { useApi } from "../../_ui/workspace";
import classes from "./runs.module.css";

export type Verb = "wake" | "move" | "retry" | "exit";
export const VERBS = { wake: "wake", move: "move", retry: "retry", exit: "takeOut" } as const;
/** Whether a run in a state can be waked, moved, …: the API decides; this keeps away what would reach nobody. */
export const canBe = (verb: Verb, state: string): boolean => FROM[verb].includes(state);
const FROM: Record<Verb, readonly string[]> = {
  wake: ["parked"],
  move: ["ready", "parked", "failed"],
  retry: ["failed"],
  exit: ["ready", "parked"],
};
const HINTS = { wake: "wakeHint", move: "moveHint", retry: "retryHint", exit: "takeOutHint" } as const;
type Preview = { count: number; sample: Wire<RunLine>[]; token: string };

/** An operation on many runs of a journey: whom it reaches, then how far it has come. */
export function OperationDialog({
  verb,
  filter,
  onClose,
}: {
  verb: Verb;
  filter: { journey: string } & Record<string, unknown>;
  onClose(): void;
}) {
  const t = useT("lifecycle");
  const api = useApi();
  const problem = useProblem();
  const [to, setTo] = useState<string | null>(null);
  const [job, setJob] = useState<string | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  // Pressed twice, or again where no answer came, it is one job.
  const [key, setKey] = useState(newUuid);
  const operation = verb === "move" ? { is: verb, to } : { is: verb };
  const isAsked = verb !== "move" || to !== null;
  const { data, error, refetch } = useQuery({
    queryKey: ["runs-preview", filter, operation],
    enabled: isAsked && job === undefined,
    staleTime: 0,
    queryFn: () => api.post<Preview>("/runs/preview", { filter, operation }),
  });
  const confirm = async () => {
    setBusy(true);
    try {
      const started = await api.post<{ job: string }>("/runs/operate", { filter, operation, token: data?.token }, key);
      setJob(started.job);
    } catch (reason) {
      setFailure(problem(reason).says);
      setBusy(false);
      const isAnswered = reason instanceof ApiError && reason.code !== "offline" && reason.code !== "broken";
      if (!isAnswered) return;
      setKey(newUuid());
      void refetch();
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t(`title.${verb}`)} zIndex={300}>
      <Stack gap="md" data-testid="operation-dialog">
        <Text size="sm">{t(HINTS[verb])}</Text>
        {job ? (
          <JobProgress id={job} />
        ) : (
          <>
            {verb === "move" && <StepSelect journey={filter.journey} value={to} onChange={setTo} />}
            {isAsked && !data && !error && <Skeleton h={20} aria-label={t("counting")} />}
            {data && (
              <>
                <Text size="sm" fw={600} data-testid="reaches">
                  {t("reaches", { count: data.count })}
                </Text>
                {data.sample.length > 0 && <Sample {...data} />}
              </>
            )}
            {(failure || error) && (
              <Text size="sm" c="var(--tone-bad)" role="alert">
                {failure ?? problem(error).says}
              </Text>
            )}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {job ? t("done") : t("cancel")}
          </Button>
          {!job && (
            <Button
              loading={isBusy}
              disabled={!data || data.count === 0}
              onClick={() => void confirm()}
              data-testid="operate-now"
            >
              {data ? t(`confirm.${verb}`, { count: data.count }) : t(`title.${verb}`)}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

const SHOWN = 5;

/** Some of whom it reaches and where they stand, and how many more there are. */
function Sample({ count, sample }: Preview) {
  const t = useT("lifecycle");
  const nameOf = useNameOf();
  return (
    <ul className={classes.sample}>
      {sample.slice(0, SHOWN).map((run) => (
        <li key={run.id}>
          <b>{run.memberName ?? run.member.slice(0, 8)}</b>
          <span>{nameOf(run)}</span>
        </li>
      ))}
      {count > SHOWN && <li className={classes.more}>{t("andMore", { count: count - SHOWN })}</li>}
    </ul>
  );
}

/** The steps of the published version where members can stand. */
export function StepSelect({
  journey,
  value,
  onChange,
}: {
  journey: string;
  value: string | null;
  onChange(node: string | null): void;
}) {
  const t = useT("lifecycle");
  const api = useApi();
  const nameOf = useName();
  const { data } = useQuery({
    queryKey: ["published-steps", journey],
    queryFn: async ({ signal }) => {
      const { version } = await api.get<{ version: number | null }>(`/journeys/${journey}`, {}, signal);
      if (version === null) return [];
      const found = await api.get<{ document: JourneyDocument }>(
        `/journeys/${journey}/versions/${version}`,
        {},
        signal,
      );
      return found.document.nodes.filter((node) => kindOf(node.kind)?.family !== "trigger");
    },
  });
  return (
    <Select
      label={t("moveTo")}
      placeholder={t("pickStep")}
      searchable
      comboboxProps={{ zIndex: 400 }}
      value={value}
      onChange={onChange}
      data={(data ?? []).map((node) => ({
        value: node.id,
        label: nameOf(node),
      }))}
    />
  );
}
