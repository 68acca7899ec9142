"use client";
import { NumberInput, SimpleGrid, Text } from "@mantine/core";
import { useState } from "react";
import type { Holdout } from "@/core/policy/holdout";
import { useT } from "../../../_i18n/use-t";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import { SaveForm } from "../save-form";

const NOBODY: Holdout = { percent: 0, days: 30 };

/** Which share of the members is kept out of every journey, and for how long each is observed. */
export function HoldoutForm({ initial }: { initial: Holdout | null }) {
  const t = useT("settings");
  const api = useApi();
  const isReadOnly = !useMay("workspace.write");
  const [saved, setSaved] = useState(initial ?? NOBODY);
  const [values, setValues] = useState(saved);
  const isChanged = values.percent !== saved.percent || values.days !== saved.days;

  return (
    <Part title={t("holdout")} lead={t("holdoutLead")}>
      <SaveForm
        data-testid="holdout"
        isChanged={isChanged}
        work={async () => {
          await api.patch("/workspace", { settings: { holdout: values } });
          setSaved(values);
        }}
      >
        <SimpleGrid cols={2}>
          <NumberInput
            label={t("holdoutPercent")}
            description={t("holdoutPercentHint")}
            min={0}
            max={50}
            decimalScale={1}
            allowNegative={false}
            clampBehavior="strict"
            suffix=" %"
            value={values.percent}
            readOnly={isReadOnly}
            onChange={(percent) => {
              if (typeof percent === "number") setValues({ ...values, percent });
            }}
          />
          <NumberInput
            label={t("holdoutDays")}
            description={t("holdoutDaysHint")}
            min={1}
            max={730}
            allowDecimal={false}
            allowNegative={false}
            value={values.days}
            readOnly={isReadOnly || values.percent === 0}
            onChange={(days) => {
              if (typeof days === "number" && days >= 1) setValues({ ...values, days });
            }}
          />
        </SimpleGrid>
        {isChanged && (
          <Text size="sm" role="status">
            {t("holdoutFrom")}
          </Text>
        )}
      </SaveForm>
    </Part>
  );
}
