"use client";
import { Select, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { nextCron, readCron } from "@/core/time/cron";
import { useT } from "../../../_i18n/use-t";
import { useWorkspace } from "../../../_ui/workspace";
import { useSay, useShelf } from "../../shelf";
import type { FieldProps } from "../field-props";

const PRESETS = { daily: "0 10 * * *", weekly: "0 10 * * 1", monthly: "0 10 1 * *" } as const;
const isPreset = (name: string | null): name is keyof typeof PRESETS => name !== null && name in PRESETS;
const SHOWN = 5;

/** A schedule in five fields, begun from a usual one, with the next five instants as they will come. */
export function CronField({ meta, value, config, error, onChange }: FieldProps) {
  const t = useT("designerEntries");
  const say = useSay();
  const { locale } = useShelf();
  const { timeZone } = useWorkspace();
  const text = typeof value === "string" ? value : "";
  const zone = typeof config.zone === "string" && config.zone ? config.zone : timeZone;
  const next = useMemo(() => comingOf(text, zone), [text, zone]);
  const [isOwn, setOwn] = useState(false);
  const preset = Object.entries(PRESETS).find(([, cron]) => cron === text)?.[0] ?? null;
  return (
    <div>
      <Select
        label={say(meta.label)}
        data={[...Object.keys(PRESETS).filter(isPreset), "own" as const].map((name) => ({
          value: name,
          label: t(`cron.${name}`),
        }))}
        value={isOwn ? "own" : (preset ?? "own")}
        allowDeselect={false}
        comboboxProps={{ zIndex: 200 }}
        onChange={(name) => {
          setOwn(!isPreset(name));
          if (isPreset(name)) onChange(PRESETS[name]);
        }}
      />
      <TextInput
        mt={6}
        aria-label={t("cron.fields")}
        description={t("cron.hint")}
        value={text}
        error={error}
        maxLength={100}
        data-testid="cron"
        onChange={(event) => onChange(event.target.value)}
      />
      {next.length > 0 && (
        <Text size="xs" c="dimmed" mt={6} component="div" aria-live="polite">
          {t("cron.next")}
          <ul style={{ margin: "4px 0 0", paddingInlineStart: 18 }}>
            {next.map((at) => (
              <li key={at}>
                {new Intl.DateTimeFormat(locale, {
                  timeZone: zone,
                  weekday: "short",
                  year: "numeric",
                  month: "short",
                  day: "numeric",
                  hour: "2-digit",
                  minute: "2-digit",
                  hourCycle: "h23",
                }).format(at)}
              </li>
            ))}
          </ul>
        </Text>
      )}
    </div>
  );
}

function comingOf(text: string, zone: string): number[] {
  const cron = readCron(text);
  if (!cron || !isZone(zone)) return [];
  const all: number[] = [];
  for (let at = nextCron(cron, Date.now(), zone); at !== null && all.length < SHOWN; at = nextCron(cron, at, zone))
    all.push(at);
  return all;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
