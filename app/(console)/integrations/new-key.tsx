"use client";
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { Dialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";

/** Makes a key and shows it, once. */
export function NewKey({
  kind,
  onClose,
  onMade,
}: {
  kind: "write" | "secret" | undefined;
  onClose(): void;
  onMade(kind: "write" | "secret", key: string): void;
}) {
  const t = useT("integrations");
  return (
    <Dialog
      opened={kind !== undefined}
      onClose={onClose}
      size="lg"
      title={kind && t(kind === "write" ? "makeWrite" : "makeSecret")}
    >
      {kind && <Form key={kind} kind={kind} onClose={onClose} onMade={onMade} />}
    </Dialog>
  );
}

function Form({
  kind,
  onClose,
  onMade,
}: {
  kind: "write" | "secret";
  onClose(): void;
  onMade(kind: "write" | "secret", key: string): void;
}) {
  const t = useT("integrations");
  const common = useT("common");
  const api = useApi();
  const [name, setName] = useState("");
  const [isServer, setServer] = useState(false);
  const [made, setMade] = useState<string>();
  const [failed, setFailed] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const scopes = kind === "secret" ? ["*"] : isServer ? ["server"] : [];
      const { key } = await api.post<{ key: string }>("/keys", { kind, name: name.trim(), scopes });
      setMade(key);
      onMade(kind, key);
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  if (made)
    return (
      <Stack>
        <div>
          <Text fw={600}>{t("shownOnce")}</Text>
          <Text size="sm" c="dimmed">
            {t("shownOnceHint")}
          </Text>
        </div>
        <CopyField block value={made} label={t(kind)} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("done")}</Button>
        </Group>
      </Stack>
    );
  return (
    <form onSubmit={(event) => void make(event)}>
      <Stack>
        <TextInput
          label={t("nameOf")}
          placeholder={t("namePlaceholder")}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          maxLength={80}
          required
          withAsterisk={false}
          data-autofocus
        />
        {kind === "write" && (
          <Checkbox
            label={t("server")}
            description={t("serverHint")}
            checked={isServer}
            onChange={(e) => setServer(e.currentTarget.checked)}
          />
        )}
        {failed !== undefined && <ErrorPanel error={failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!name.trim()}>
            {common("create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
