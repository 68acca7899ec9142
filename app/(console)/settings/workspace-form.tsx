"use client";
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, useMemo, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useApi, useWorkspace } from "../../_ui/workspace";
import { languages } from "../_components/languages";

/** Name, zone and language of the workspace. */
export function WorkspaceForm({
  initial,
  isReadOnly,
}: {
  initial: { name: string; timeZone: string; locale: string };
  isReadOnly: boolean;
}) {
  const t = useT("settings");
  const common = useT("common");
  const api = useApi();
  const router = useRouter();
  const { currency } = useWorkspace();
  const [values, setValues] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const zones = useMemo(
    () => [...new Set([initial.timeZone, ...Intl.supportedValuesOf("timeZone")])],
    [initial.timeZone],
  );
  const isChanged = JSON.stringify(values) !== JSON.stringify(initial);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await api.patch("/workspace", { ...values, name: values.name.trim() });
      notifications.show({ message: t("saved") });
      router.refresh();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <TextInput
          label={t("name")}
          value={values.name}
          onChange={(e) => setValues({ ...values, name: e.currentTarget.value })}
          required
          withAsterisk={false}
          maxLength={120}
          readOnly={isReadOnly}
        />
        <Select
          label={t("timeZone")}
          description={t("timeZoneHint")}
          searchable
          value={values.timeZone}
          onChange={(timeZone) => timeZone && setValues({ ...values, timeZone })}
          data={zones}
          readOnly={isReadOnly}
        />
        <Select
          label={t("language")}
          description={t("languageHint")}
          value={values.locale}
          onChange={(locale) => locale && setValues({ ...values, locale })}
          data={languages}
          readOnly={isReadOnly}
        />
        <div>
          <Text size="sm" fw={500}>
            {t("currency")}
          </Text>
          <Text size="sm">
            {currency}{" "}
            <Text span size="xs" c="dimmed">
              {t("currencyHint")}
            </Text>
          </Text>
        </div>
        {failed !== undefined && <ErrorPanel error={failed} />}
        {!isReadOnly && (
          <Group justify="flex-end">
            <Button type="submit" loading={isBusy} disabled={!isChanged || !values.name.trim()}>
              {common("save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
