"use client";
import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Holdout } from "@/core/policy/holdout";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useApi, useMay } from "../../_ui/workspace";
import { Part } from "./part";

const NOBODY: Holdout = { percent: 0, days: 30 };

/** Which share of the members is kept out of every journey, and for how long each is observed. */
export function HoldoutForm({ initial }: { initial: Holdout | null }) {
  const t = useT("settings");
  const common = useT("common");
  const api = useApi();
  const router = useRouter();
  const isReadOnly = !useMay("workspace.write");
  const [saved, setSaved] = useState(initial ?? NOBODY);
  const [values, setValues] = useState(saved);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const isChanged = values.percent !== saved.percent || values.days !== saved.days;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await api.patch("/workspace", { settings: { holdout: values } });
      setSaved(values);
      notifications.show({ message: t("saved") });
      router.refresh();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Part title={t("holdout")} lead={t("holdoutLead")}>
      <form onSubmit={(event) => void save(event)}>
        <Stack data-testid="holdout">
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
