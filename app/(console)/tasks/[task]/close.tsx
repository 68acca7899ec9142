"use client";
import { Button, Group, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { useApi } from "../../../_ui/workspace";
import type { TaskDetail } from "./task-detail";

/** A button for each way a task may end, and a note that stays with it. */
export function Close({ task }: { task: TaskDetail }) {
  const t = useT("tasks");
  const api = useApi();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const isApproval = task.kind === "approval";
  const closing = useMutation({
    mutationFn: (outcome: string) =>
      api.post(`/tasks/${task.id}/${isApproval ? "decide" : "complete"}`, {
        [isApproval ? "decision" : "outcome"]: outcome,
        ...(note.trim() && { note: note.trim() }),
      }),
    onSuccess: () => notifications.show({ message: t("done") }),
    // Also after a refusal: somebody else may have closed it.
    onSettled: () => client.invalidateQueries({ queryKey: ["task", task.id] }),
  });
  const ways = isApproval
    ? [
        { id: "approved", name: t("approve") },
        { id: "rejected", name: t("reject") },
      ]
    : task.outcomes;
  return (
    <>
      <Textarea
        label={t("note")}
        description={t("noteHint")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Group mt="md" gap="sm">
        {ways.map(({ id, name }, i) => (
          <Button
            key={id}
            variant={i === 0 ? "filled" : "default"}
            loading={closing.isPending && closing.variables === id}
            disabled={closing.isPending}
            onClick={() => closing.mutate(id)}
            data-testid={`outcome-${id}`}
          >
            {name}
          </Button>
        ))}
      </Group>
      {closing.error && <ErrorPanel error={closing.error} />}
    </>
  );
}
