"use client";
import { Select, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { useApi, useWorkspace } from "../../../_ui/workspace";
import { languages } from "../../_components/shell/languages";
import { SaveForm } from "../save-form";

/** Name, zone and language of the workspace. */
export function WorkspaceForm({
  initial,
  isReadOnly,
}: {
  initial: { name: string; timeZone: string; locale: string };
  isReadOnly: boolean;
}) {
  const t = useT("settings");
  const api = useApi();
  const { currency } = useWorkspace();
  const [values, setValues] = useState(initial);
  const zones = useMemo(
    () => [...new Set([initial.timeZone, ...Intl.supportedValuesOf("timeZone")])],
    [initial.timeZone],
  );
  const isChanged = JSON.stringify(values) !== JSON.stringify(initial);

  return (
    <SaveForm
      isChanged={isChanged && values.name.trim() !== ""}
      work={() => api.patch("/workspace", { ...values, name: values.name.trim() })}
    >
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
    </SaveForm>
  );
}
