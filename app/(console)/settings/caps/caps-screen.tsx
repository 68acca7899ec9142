"use client";
import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocale } from "use-intl";
import { CHANNELS } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Cap } from "@/core/message/settings";
import { useT } from "../../../_i18n/use-t";
import { MessagingForm } from "../messaging-form";

const DEFAULT_CAP: Cap = { most: 3, days: 7 };

/** How many promotions one member gets at most: in all, per channel, per category. */
export function CapsScreen() {
  const t = useT("sending");
  const locale = useLocale();
  return (
    <MessagingForm title={t("caps")} lead={t("capsHint")} keys={["caps"]}>
      {({ values: { caps }, change }) => (
        <>
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
        </>
      )}
    </MessagingForm>
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
