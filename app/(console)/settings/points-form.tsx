"use client";
import { Button, Group, NumberInput, Radio, SimpleGrid, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { PointsPolicy } from "@/core/loyalty/points-policy";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useApi, useMay } from "../../_ui/workspace";
import { Part } from "./part";

const FIRST: { [E in PointsPolicy["expiry"]]: Extract<PointsPolicy, { expiry: E }> } = {
  never: { expiry: "never" },
  rolling: { expiry: "rolling", months: 12 },
  calendar: { expiry: "calendar", years: 1, minimumDays: 30 },
};
const EXPIRIES = ["rolling", "calendar", "never"] as const;

/** When points end. */
export function PointsForm({ initial }: { initial: PointsPolicy }) {
  const t = useT("settings");
  const common = useT("common");
  const api = useApi();
  const router = useRouter();
  const isReadOnly = !useMay("workspace.write");
  const [saved, setSaved] = useState(initial);
  const [policy, setPolicy] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const isChanged = JSON.stringify(policy) !== JSON.stringify(saved);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await api.patch("/workspace", { settings: { loyalty: { points: policy } } });
      setSaved(policy);
      notifications.show({ message: t("saved") });
      router.refresh();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Part title={t("points")} lead={t("pointsLead")}>
      <form onSubmit={(event) => void save(event)}>
        <Stack data-testid="points-policy">
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
