"use client";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../page/error-panel";
import { useApi, useMay } from "../workspace";
import { useJob } from "./use-job";

/** How far a background job has come; an operation on runs can be called off. */
export function JobProgress({ id }: { id: string }) {
  const t = useT("lifecycle");
  const api = useApi();
  const may = useMay("run.write");
  const problem = useProblem();
  const job = useJob(id);
  if (!job) return <Progress value={0} aria-label={t("over.running")} />;
  const callOff = async () => {
    try {
      await api.post(`/jobs/${id}/cancel`, {});
    } catch (refused) {
      notifications.show({ message: problem(refused).says, color: "danger" });
    }
  };
  const total = Math.max(job.total, job.done + job.skipped);
  const isRunning = job.state === "running";
  const percent = isRunning ? (total === 0 ? 0 : ((job.done + job.skipped) / total) * 100) : 100;
  return (
    <Stack gap={6} role="status" data-testid="job" data-state={job.state}>
      <Progress value={percent} animated={isRunning} aria-label={t(`over.${job.state}`)} />
      <Group justify="space-between">
        <Text size="sm">
          {t(`over.${job.state}`)} · {t("progress", { done: job.done, total })}
          {job.skipped > 0 && ` · ${t("skippedSome", { count: job.skipped })}`}
          {job.reason && ` · ${job.reason}`}
        </Text>
        {isRunning && may && job.kind === "runs" && (
          <Button size="compact-xs" variant="subtle" onClick={() => void callOff()}>
            {t("callOff")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
