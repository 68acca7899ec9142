"use client";
import { Button, Group, Stack, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { useApi } from "../../_ui/workspace";
import type { Line } from "./line";

/** A journey's labels: those in use are offered, new ones are typed. */
export function LabelsDialog({
  line,
  onSave,
  onClose,
}: {
  line: Line;
  onSave(labels: string[]): Promise<void>;
  onClose(): void;
}) {
  const t = useT("journeys");
  const common = useT("common");
  const api = useApi();
  const [labels, setLabels] = useState(line.labels);
  const [isBusy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ["/journeys/labels", "names"],
    queryFn: ({ signal }) => api.get<{ items: { name: string }[] }>("/journeys/labels", {}, signal),
  });
  const save = async () => {
    setBusy(true);
    await onSave(labels);
    setBusy(false);
  };
  return (
    <Dialog opened onClose={onClose} title={t("labelsTitle", { name: line.name })}>
      <Stack>
        <TagsInput
          aria-label={t("label")}
          description={t("labelsHint")}
          maxTags={20}
          maxLength={60}
          data={(data?.items ?? []).map(({ name }) => name)}
          value={labels}
          onChange={setLabels}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button loading={isBusy} onClick={() => void save()}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
