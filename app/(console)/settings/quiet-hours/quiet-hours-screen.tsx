"use client";
import { Group, Select, Switch } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { TimeInput } from "../../../_ui/time/time-input";
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
              <TimeInput
                label={t("from")}
                value={quietHours.from}
                onChange={(from) => change({ quietHours: { ...quietHours, from } })}
              />
              <TimeInput
                label={t("to")}
                value={quietHours.to}
                onChange={(to) => change({ quietHours: { ...quietHours, to } })}
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
