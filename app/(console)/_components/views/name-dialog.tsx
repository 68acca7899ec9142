"use client";
import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Dialog } from "../../../_ui/page/dialog";

export type Named = { name: string; isShared: boolean; isDefault: boolean };

/** Asks for a view's name, and for a new one who sees it and whether the list opens with it. */
export function NameDialog({
  first,
  isNew,
  onDone,
  onClose,
}: {
  first: string;
  isNew: boolean;
  onDone(named: Named): Promise<void>;
  onClose(): void;
}) {
  const t = useT("views");
  const common = useT("common");
  const [named, setNamed] = useState<Named>({ name: first, isShared: false, isDefault: false });
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await onDone({ ...named, name: named.name.trim() });
    setBusy(false);
  };
  return (
    <Dialog opened onClose={onClose} title={t(isNew ? "title" : "renameTitle")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            label={t("name")}
            placeholder={t("nameHint")}
            maxLength={60}
            required
            data-autofocus
            value={named.name}
            onChange={(event) => setNamed({ ...named, name: event.currentTarget.value })}
          />
          {isNew && (
            <>
              <Checkbox
                label={t("share")}
                checked={named.isShared}
                onChange={(event) => setNamed({ ...named, isShared: event.currentTarget.checked })}
              />
              <Checkbox
                label={t("byDefault")}
                checked={named.isDefault}
                onChange={(event) => setNamed({ ...named, isDefault: event.currentTarget.checked })}
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!named.name.trim()}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
