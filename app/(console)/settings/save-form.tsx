"use client";
import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { useMay } from "../../_ui/workspace";
import { useSave } from "./use-save";

/** A form of the settings with its button, for those who may change them. `work` saves and throws what was refused. */
export function SaveForm({
  isChanged,
  work,
  children,
  ...marks
}: {
  isChanged: boolean;
  work(): Promise<unknown>;
  children: ReactNode;
  "data-testid"?: string;
}) {
  const common = useT("common");
  const isReadOnly = !useMay("workspace.write");
  const { save, failed } = useSave();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await save(work);
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack {...marks}>
        {children}
        {failed !== undefined && <ErrorPanel error={failed} />}
        {!isReadOnly && (
          <Group justify="flex-end">
            <Button type="submit" loading={isBusy} disabled={!isChanged}>
              {common("save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
