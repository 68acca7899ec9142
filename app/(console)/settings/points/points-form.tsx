"use client";
import { NumberInput, Radio, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import type { PointsPolicy } from "@/core/loyalty/points-policy";
import { useT } from "../../../_i18n/use-t";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import { SaveForm } from "../save-form";

const FIRST: { [E in PointsPolicy["expiry"]]: Extract<PointsPolicy, { expiry: E }> } = {
  never: { expiry: "never" },
  rolling: { expiry: "rolling", months: 12 },
  calendar: { expiry: "calendar", years: 1, minimumDays: 30 },
};
const EXPIRIES = ["rolling", "calendar", "never"] as const;

/** When points end. */
export function PointsForm({ initial }: { initial: PointsPolicy }) {
  const t = useT("settings");
  const api = useApi();
  const isReadOnly = !useMay("workspace.write");
  const [saved, setSaved] = useState(initial);
  const [policy, setPolicy] = useState(initial);
  const isChanged = JSON.stringify(policy) !== JSON.stringify(saved);

  return (
    <Part title={t("points")} lead={t("pointsLead")}>
      <SaveForm
        data-testid="points-policy"
        isChanged={isChanged}
        work={async () => {
          await api.patch("/workspace", { settings: { loyalty: { points: policy } } });
          setSaved(policy);
        }}
      >
        <Radio.Group aria-label={t("points")} value={policy.expiry} readOnly={isReadOnly}>
          <Stack gap="sm">
            {EXPIRIES.map((expiry) => (
              <Radio
                key={expiry}
                value={expiry}
                label={t(`expiries.${expiry}`)}
                description={t(`expiryHints.${expiry}`)}
                disabled={isReadOnly}
                onChange={() => setPolicy(saved.expiry === expiry ? saved : FIRST[expiry])}
              />
            ))}
          </Stack>
        </Radio.Group>
        <SimpleGrid cols={2}>
          {policy.expiry === "rolling" && (
            <Whole
              label={t("months")}
              most={120}
              least={1}
              value={policy.months}
              isReadOnly={isReadOnly}
              onChange={(months) => setPolicy({ ...policy, months })}
            />
          )}
          {policy.expiry === "calendar" && (
            <>
              <Whole
                label={t("years")}
                hint={t("yearsHint")}
                most={10}
                least={0}
                value={policy.years}
                isReadOnly={isReadOnly}
                onChange={(years) => setPolicy({ ...policy, years })}
              />
              <Whole
                label={t("minimumDays")}
                hint={t("minimumDaysHint")}
                most={365}
                least={0}
                value={policy.minimumDays}
                isReadOnly={isReadOnly}
                onChange={(minimumDays) => setPolicy({ ...policy, minimumDays })}
              />
            </>
          )}
        </SimpleGrid>
      </SaveForm>
    </Part>
  );
}

function Whole({
  label,
  hint,
  least,
  most,
  value,
  isReadOnly,
  onChange,
}: {
  label: string;
  hint?: string;
  least: number;
  most: number;
  value: number;
  isReadOnly: boolean;
  onChange(value: number): void;
}) {
  return (
    <NumberInput
      label={label}
      description={hint}
      min={least}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      value={value}
      readOnly={isReadOnly}
      onChange={(typed) => {
        if (typeof typed === "number" && typed >= least) onChange(typed);
      }}
    />
  );
}
