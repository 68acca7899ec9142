"use client";
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { changedIn, only, rebased } from "../../_ui/fields/opened";
import { Dialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { isOvertaken, Overtaken } from "../../_ui/page/overtaken";
import { useApi, useWorkspace } from "../../_ui/workspace";
import type { Merchant, Store } from "./place";

const ZONES = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];

/** Adds a store, or changes what is known of one. */
export function StoreForm({
  store,
  merchants,
  merchant,
  onDone,
  onClose,
}: {
  store?: Store;
  merchants: Merchant[];
  /** Whose it will be, when the list shows one merchant only. */
  merchant?: string | null;
  onDone(): void;
  onClose(): void;
}) {
  const t = useT("stores");
  const common = useT("common");
  const api = useApi();
  const { timeZone: zone } = useWorkspace();
  const open = merchants.filter(({ closedAt }) => closedAt === null);
  // As it was read last: what is saved is what differs from it.
  const [opened, setOpened] = useState(() => factsOf(store));
  const [draft, setDraft] = useState({
    merchant: store?.merchant ?? merchant ?? (open.length === 1 ? open[0]?.id : null) ?? null,
    code: store?.code ?? "",
    ...opened,
  });
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { merchant: of, code, ...typed } = draft;
    const { timeZone, ...facts } = typed;
    try {
      if (store) {
        const changes = changedIn(typed, opened);
        await api.patch(`/stores/${store.id}`, { ...changes, was: only(clearing(opened), changes) });
      } else await api.post("/stores", { merchant: of, code, ...facts, ...(timeZone && { timeZone }) });
      onDone();
    } catch (error) {
      setFailed(error);
      if (store && isOvertaken(error)) await follow(store, typed).catch(setFailed);
      setBusy(false);
    }
  };
  const follow = async ({ id }: Store, typed: Facts) => {
    const { items } = await api.get<{ items: Store[] }>("/stores", { ids: id, state: "all" });
    const stored = factsOf(items[0]);
    setDraft((old) => ({ ...old, ...rebased(typed, opened, stored) }));
    setOpened(stored);
  };
  const text = (field: "name" | "region" | "mall" | "address", most: number) => (
    <TextInput
      label={t(field)}
      required={field === "name"}
      maxLength={most}
      value={draft[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      {...(field === "name" && { "data-autofocus": true })}
    />
  );
  return (
    <Dialog opened onClose={onClose} title={store ? t("editStore", { name: store.name }) : t("addStore")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          {text("name", 120)}
          {!store && (
            <>
              <Select
                label={t("merchant")}
                required
                allowDeselect={false}
                value={draft.merchant}
                onChange={(of) => set({ merchant: of })}
                data={open.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <TextInput
                label={t("code")}
                description={t("codeHint")}
                required
                maxLength={64}
                value={draft.code}
                onChange={(event) => set({ code: event.currentTarget.value })}
              />
            </>
          )}
          {text("address", 300)}
          <Group grow>
            {text("region", 120)}
            {text("mall", 120)}
          </Group>
          <Select
            label={t("zone")}
            description={t("zoneHint")}
            placeholder={t("zoneOfWorkspace", { zone })}
            clearable
            searchable
            limit={50}
            value={draft.timeZone}
            onChange={(timeZone) => set({ timeZone })}
            data={ZONES}
          />
          {failed !== undefined && (isOvertaken(failed) ? <Overtaken /> : <ErrorPanel error={failed} />)}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!store && draft.merchant === null}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type Facts = ReturnType<typeof factsOf>;
/** What is known of a store, as fields hold it. */
const factsOf = (store: Store | undefined) => ({
  name: store?.name ?? "",
  region: store?.region ?? "",
  mall: store?.mall ?? "",
  address: store?.address ?? "",
  timeZone: store?.timeZone ?? null,
});

/** Where nothing is known the API says null. */
const clearing = ({ region, mall, address, ...others }: Facts) => ({
  ...others,
  region: region || null,
  mall: mall || null,
  address: address || null,
});
