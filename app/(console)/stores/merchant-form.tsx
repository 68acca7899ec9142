"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";
import type { Merchant } from "./place";

/** Adds a merchant, or renames one. */
export function MerchantForm({ merchant, onDone, onClose }: { merchant?: Merchant; onDone(): void; onClose(): void }) {
  const t = useT("stores");
  const common = useT("common");
  const api = useApi();
  const [code, setCode] = useState("");
  const [name, setName] = useState(merchant?.name ?? "");
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      if (merchant) await api.patch(`/merchants/${merchant.id}`, { name });
      else await api.post("/merchants", { code, name });
      onDone();
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={merchant ? t("editStore", { name: merchant.name }) : t("addMerchant")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            label={t("name")}
            required
            maxLength={120}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!merchant && (
            <TextInput
              label={t("code")}
              description={t("codeHint")}
              required
              maxLength={64}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          {failed !== undefined && <ErrorPanel error={failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
