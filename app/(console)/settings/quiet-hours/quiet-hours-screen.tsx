"use client";
import { Group, Select, Switch, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { MessagingForm } from "../messaging-form";

const NIGHT = { from: "21:00", to: "09:00", choice: "hold" } as const;

/** The hours in which no promotion leaves. */
export function QuietHoursScreen() {
  const t = useT("sending");
  return (
    <MessagingForm title={t("quiet")} lead={t("lead")} keys={["quietHours"]}>
      {({ values: { quietHours }, change }) => (
        <>
          <Switch
            label={t("quietOn")}
            description={t("quietHint")}
            checked={quietHours !== null}
            onChange={(e) => change({ quietHours: e.currentTarget.checked ? NIGHT : null })}
          />
          {quietHours && (
            <Group grow>
              <TextInput
                type="time"
                label={t("from")}
                value={quietHours.from}
                required
                withAsterisk={false}
                onChange={(e) => change({ quietHours: { ...quietHours, from: e.currentTarget.value } })}
              />
              <TextInput
                type="time"
                label={t("to")}
                value={quietHours.to}
                required
                withAsterisk={false}
                onChange={(e) => change({ quietHours: { ...quietHours, to: e.currentTarget.value } })}
              />
              <Select
                label={t("choice")}
                value={quietHours.choice}
                allowDeselect={false}
                data={(["hold", "drop"] as const).map((value) => ({ value, label: t(value) }))}
                onChange={(value) =>
                  change({ quietHours: { ...quietHours, choice: value === "drop" ? "drop" : "hold" } })
                }
              />
            </Group>
          )}
        </>
      )}
    </MessagingForm>
  );
}
