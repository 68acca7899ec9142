"use client";
import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Hindrance } from "@/services/messages/send-again";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/error-panel";
import { useApi } from "../../_ui/workspace";

type Preview = { count: number; items: { id: string; why: Hindrance | null }[] };

/** Sending messages again: how many may go, and why the others stay. */
export function AgainDialog({ messages, onClose }: { messages: string[]; onClose(): void }) {
  const t = useT("messages");
  const common = useT("common");
  const api = useApi();
  const problem = useProblem();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { data, error } = useQuery({
    queryKey: ["messages-again", messages],
    staleTime: 0,
    queryFn: () => api.post<Preview>("/messages/again/preview", { messages }),
  });
  const send = async () => {
    setBusy(true);
    try {
      const { sent } = await api.post<{ sent: unknown[] }>("/messages/again", { messages });
      notifications.show({ message: t("againDone", { count: sent.length }) });
      onClose();
    } catch (failed) {
      setFailure(problem(failed).says);
      setBusy(false);
    }
  };
  const left = countByWhy(data?.items ?? []);
  return (
    <Modal opened onClose={onClose} title={t("againTitle")} zIndex={300}>
      <Stack data-testid="again-dialog">
        <Text size="sm">{t("againHint")}</Text>
        {!data && !error && <Skeleton h={20} />}
        {data && (
          <div>
            <Text size="sm" fw={600} data-testid="again-count">
              {t("againCount", { count: data.count })}
            </Text>
            {left.map(([why, count]) => (
              <Text size="sm" c="dimmed" key={why}>
                {t("againLeft", { count })} {t(`why_${why}`)}
              </Text>
            ))}
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
          <Button loading={isBusy} disabled={!data?.count} onClick={() => void send()} data-testid="again-now">
            {t("againNow", { count: data?.count ?? 0 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function countByWhy(items: Preview["items"]): [Hindrance, number][] {
  const counts = new Map<Hindrance, number>();
  for (const { why } of items) if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts];
}
