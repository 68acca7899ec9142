"use client";
import { Button, Divider, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Dialog } from "../../../_ui/page/dialog";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { useApi, useMay, useWorkspace } from "../../../_ui/workspace";

/** Ends the demo: says what goes and what stays, and goes by the workspace's name as typed. Shown to those who may. */
export function RemoveDemo() {
  const t = useT("settings");
  const may = useMay("workspace.write");
  const [isOpen, dialog] = useDisclosure(false);
  if (!may) return null;
  return (
    <>
      <Divider my="md" />
      <Group justify="space-between" gap="md">
        <Text size="sm" c="dimmed" maw="34rem">
          {t("demoEndHint")}
        </Text>
        <Button variant="light" color="danger" onClick={dialog.open} data-testid="demo-remove">
          {t("demoEnd")}
        </Button>
      </Group>
      {isOpen && <Sure onClose={dialog.close} />}
    </>
  );
}

function Sure({ onClose }: { onClose(): void }) {
  const t = useT("settings");
  const common = useT("common");
  const api = useApi();
  const { name } = useWorkspace();
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const isSure = typed.trim() === name.trim();
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (!isSure) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await api.post("/demo/remove", {});
      // Nothing that was loaded holds any more.
      window.location.assign("/");
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t("demoEndSure")}>
      <form onSubmit={(event) => void remove(event)}>
        <Stack>
          <Text size="sm">{t("demoGoes")}</Text>
          <List size="sm">
            <List.Item>{t("demoGoesMembers")}</List.Item>
            <List.Item>{t("demoGoesJourneys")}</List.Item>
            <List.Item>{t("demoGoesOffers")}</List.Item>
          </List>
          <Text size="sm">{t("demoStays")}</Text>
          <TextInput
            label={t("demoType", { name })}
            value={typed}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {failed !== undefined && <ErrorPanel error={failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" color="danger" disabled={!isSure} loading={isBusy} data-testid="demo-remove-now">
              {t("demoEndNow")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
