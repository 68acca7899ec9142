"use client";
import { Button, Fieldset, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocale } from "use-intl";
import { CHANNELS } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Cap, MessagingSettings } from "@/core/message/settings";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useMoney } from "../../_ui/loyalty/money";
import { MoneyInput } from "../../_ui/loyalty/money-input";
import { useApi, useMay } from "../../_ui/workspace";

const DEFAULT_CAP: Cap = { most: 3, days: 7 };

/** The rules of promotions: hours, caps, prices and budget, marks and tracking. */
export function SendingForm({ initial, spent }: { initial: MessagingSettings; spent: number }) {
  const t = useT("sending");
  const common = useT("common");
  const settings = useT("settings");
  const api = useApi();
  const money = useMoney();
  const locale = useLocale();
  const queries = useQueryClient();
  const isReadOnly = !useMay("workspace.write");
  const [values, setValues] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const change = (part: Partial<MessagingSettings>) => setValues((now) => ({ ...now, ...part }));
  const { quietHours, caps, prices } = values;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await api.patch("/workspace", { settings: { messaging: values } });
      notifications.show({ message: settings("saved") });
      await queries.invalidateQueries({ queryKey: ["sending"] });
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void save(event)}>
      <Fieldset variant="unstyled" disabled={isReadOnly}>
        <Stack>
          <Switch
            label={t("quiet")}
            description={t("quietHint")}
            checked={quietHours !== null}
            onChange={(e) =>
              change({ quietHours: e.currentTarget.checked ? { from: "21:00", to: "09:00", choice: "hold" } : null })
            }
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
          <div>
            <Text size="sm" fw={500}>
              {t("caps")}
            </Text>
            <Text size="xs" c="dimmed">
              {t("capsHint")}
            </Text>
          </div>
          <CapLine label={t("all")} cap={caps.all} onChange={(all) => change({ caps: { ...caps, all } })} />
          {CHANNELS.map((channel) => (
            <CapLine
              key={channel}
              label={channels[channel].name[locale]}
              cap={caps.channels[channel]}
              onChange={(cap) => change({ caps: { ...caps, channels: withEntry(caps.channels, channel, cap) } })}
            />
          ))}
          <Categories caps={caps.categories} onChange={(categories) => change({ caps: { ...caps, categories } })} />
          <div>
            <Text size="sm" fw={500}>
              {t("prices")}
            </Text>
            <Text size="xs" c="dimmed">
              {t("pricesHint")}
            </Text>
          </div>
          <Group grow>
            {CHANNELS.map((channel) => (
              <MoneyInput
                key={channel}
                label={channels[channel].name[locale]}
                value={prices[channel]}
                onChange={(price) => change({ prices: { ...prices, [channel]: price ?? 0 } })}
              />
            ))}
          </Group>
          <MoneyInput
            label={t("budget")}
            description={t("budgetHint", { spent: money(spent) })}
            value={values.monthlyBudget}
            onChange={(monthlyBudget) => change({ monthlyBudget: monthlyBudget || null })}
          />
          <TextInput
            label={t("signature")}
            description={t("signatureHint")}
            value={values.signature ?? ""}
            minLength={2}
            maxLength={20}
            onChange={(e) => change({ signature: e.currentTarget.value || null })}
          />
          <Select
            label={t("advert")}
            value={values.advert}
            allowDeselect={false}
            data={(["auto", "always", "never"] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(value) => {
              if (value === "auto" || value === "always" || value === "never") change({ advert: value });
            }}
          />
          <Switch
            label={t("tracksLinks")}
            checked={values.tracksLinks}
            onChange={(e) => change({ tracksLinks: e.currentTarget.checked })}
          />
          <Switch
            label={t("tracksOpens")}
            checked={values.tracksOpens}
            onChange={(e) => change({ tracksOpens: e.currentTarget.checked })}
          />
          {failed !== undefined && <ErrorPanel error={failed} />}
          {!isReadOnly && (
            <Group justify="flex-end">
              <Button type="submit" loading={isBusy} disabled={JSON.stringify(values) === JSON.stringify(initial)}>
                {common("save")}
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}

function CapLine({
  label,
  cap,
  onChange,
}: {
  label: string;
  cap: Cap | undefined;
  onChange(cap: Cap | undefined): void;
}) {
  const t = useT("sending");
  return (
    <Group wrap="nowrap">
      <Switch
        label={label}
        w={160}
        checked={cap !== undefined}
        onChange={(e) => onChange(e.currentTarget.checked ? DEFAULT_CAP : undefined)}
      />
      {cap && <CapNumbers label={label} cap={cap} onChange={onChange} />}
      {!cap && <Text size="sm" c="dimmed" aria-hidden>{`${t("most")} –`}</Text>}
    </Group>
  );
}

function CapNumbers({ label, cap, onChange }: { label: string; cap: Cap; onChange(cap: Cap): void }) {
  const t = useT("sending");
  const whole = (typed: string | number, last: number) => (typed === "" ? last : Number(typed));
  return (
    <>
      <NumberInput
        aria-label={`${label}: ${t("most")}`}
        prefix={`${t("most")} `}
        min={1}
        max={1000}
        allowDecimal={false}
        value={cap.most}
        onChange={(typed) => onChange({ ...cap, most: whole(typed, cap.most) })}
      />
      <NumberInput
        aria-label={`${label}: ${t("days")}`}
        prefix={`${t("days")} `}
        min={1}
        max={90}
        allowDecimal={false}
        value={cap.days}
        onChange={(typed) => onChange({ ...cap, days: whole(typed, cap.days) })}
      />
    </>
  );
}

function Categories({ caps, onChange }: { caps: Record<string, Cap>; onChange(caps: Record<string, Cap>): void }) {
  const t = useT("sending");
  const [name, setName] = useState("");
  const isNew = name.trim() !== "" && !Object.hasOwn(caps, name.trim());
  return (
    <Stack gap="xs">
      {Object.entries(caps).map(([category, cap]) => (
        <Group key={category} wrap="nowrap">
          <Text size="sm" w={160} truncate>
            {category}
          </Text>
          <CapNumbers label={category} cap={cap} onChange={(next) => onChange({ ...caps, [category]: next })} />
          <Button variant="subtle" color="gray" onClick={() => onChange(withEntry(caps, category, undefined))}>
            {t("remove")}
          </Button>
        </Group>
      ))}
      <Group align="flex-end">
        <TextInput
          label={t("categories")}
          placeholder={t("category")}
          value={name}
          maxLength={40}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!isNew}
          onClick={() => {
            onChange({ ...caps, [name.trim()]: DEFAULT_CAP });
            setName("");
          }}
        >
          {t("addCategory")}
        </Button>
      </Group>
    </Stack>
  );
}

/** The record with an entry set, or without it. */
function withEntry<K extends string, V>(record: Partial<Record<K, V>>, key: K, value: V | undefined): Record<K, V> {
  const { [key]: _, ...rest } = record;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Record<K, V>;
}
