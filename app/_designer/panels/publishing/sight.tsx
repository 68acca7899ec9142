"use client";
import { Button, Group, Text } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { useProblem } from "../../../_ui/page/error-panel";
import type { Foreseen } from "./use-preview";

/** Whether what the dialog shows is what would be published: who changed the draft meanwhile, why it could not be read, and that it is being read. */
export function PublishSight({
  foreseen: { failure, isCurrent, isUnsaved, meanwhile, again },
  isReading,
}: {
  foreseen: Foreseen;
  /** Nothing else stands in the way, so that it is worth telling that it is being read. */
  isReading: boolean;
}) {
  const t = useT("designerPublish");
  const v = useT("designerVersions");
  const problem = useProblem();
  return (
    <>
      {meanwhile && (
        <Text size="sm" fw={550} role="alert" data-testid="publish-meanwhile">
          {meanwhile.isOwn
            ? t("changedByYou")
            : meanwhile.by
              ? t("changedBy", { name: meanwhile.by })
              : t("changedBySomebody")}
        </Text>
      )}
      {failure ? (
        <Group gap={8} wrap="nowrap" justify="space-between">
          <Text size="sm" c="var(--tone-bad)" role="alert" data-testid="publish-unseen">
            {t("unseen")}: {problem(failure.error).says || problem(failure.error).title}
          </Text>
          <Button size="compact-sm" variant="default" onClick={again} data-testid="publish-again">
            {t("retry")}
          </Button>
        </Group>
      ) : isUnsaved ? (
        <Text size="sm" c="var(--tone-bad)" role="alert" data-testid="publish-unsaved">
          {t("unsaved")}
        </Text>
      ) : (
        !isCurrent &&
        isReading && (
          <Text size="sm" c="dimmed" role="status">
            {v("counting")}
          </Text>
        )
      )}
    </>
  );
}
