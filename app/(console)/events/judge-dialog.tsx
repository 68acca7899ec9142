"use client";
import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/error-panel";
import { useApi } from "../../_ui/workspace";

/** Judging many letters again: how many that will be, then how many it was. */
export function JudgeDialog({ filter, onClose }: { filter: Record<string, unknown>; onClose(): void }) {
  const t = useT("letters");
  const common = useT("common");
  const events = useT("events");
  const api = useApi();
  const problem = useProblem();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { data, error } = useQuery({
    queryKey: ["replayable", filter],
    staleTime: 0,
    queryFn: () => api.post<{ count: number; others: number }>("/dead-letters/replayable", filter),
  });
  const judge = async () => {
    setBusy(true);
    try {
      const done = await api.post<{ replayed: number; left: number }>("/dead-letters/replay", filter);
      notifications.show({ message: events("replayedAll", done) });
      onClose();
    } catch (failed) {
      setFailure(problem(failed).says);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("judge")}>
      <Stack data-testid="judge-dialog">
        <Text size="sm">{t("judgeHint")}</Text>
        {!data && !error && <Skeleton h={20} />}
        {data && (
          <div>
            <Text size="sm" fw={600} data-testid="judge-count">
              {t("judgeCount", { count: data.count })}
            </Text>
            {data.others > 0 && (
              <Text size="sm" c="dimmed">
                {t("judgeOthers", { count: data.others })}
              </Text>
            )}
            {data.count > 1000 && (
              <Text size="sm" c="dimmed">
                {t("judgeMore")}
              </Text>
            )}
          </div>
        )}
        {(failure || error) && (
          <Text size="sm" c="var(--tone-bad)" role="alert">
            {failure ?? problem(error).says}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common("cancel")}
          </Button>
          <Button
            loading={isBusy}
            disabled={!data || data.count === 0}
            onClick={() => void judge()}
            data-testid="judge-now"
          >
            {t("judgeNow", { count: Math.min(1000, data?.count ?? 0) })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
