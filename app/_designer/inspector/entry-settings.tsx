"use client";
import { NumberInput, Select, TextInput } from "@mantine/core";
import type { JourneyDocument } from "@/core/journey/document";
import { MOST_LIVE } from "@/core/plan/control";
import { useT } from "../../_i18n/use-t";
import { setSettings } from "../edit/change";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./inspector.module.css";

type Settings = JourneyDocument["settings"];
const LIMITS = ["total", "daily", "live", "perMember"] as const;
const EXISTING = ["none", "now", "spread"] as const;
const isExisting = (is: string | null): is is (typeof EXISTING)[number] => EXISTING.some((one) => one === is);

/** Who else may enter: how many, which other journeys exclude it, and what becomes of those who match already when it is published. */
export function EntrySettings() {
  const t = useT("designerEntries");
  const { edit } = useEditor();
  const { limits, group, existing } = useDesigner((state) => state.document.settings);
  const trigger = useDesigner((state) => state.document.nodes.find(({ id }) => id === state.document.entry)?.kind);
  return (
    <>
      {(trigger === "on-segment" || trigger === "on-inactivity") && (
        <section>
          <Select
            label={t("existing.label")}
            description={t("existing.hint")}
            data={EXISTING.map((is) => ({ value: is, label: t(`existing.${is}`) }))}
            value={existing?.is ?? "none"}
            allowDeselect={false}
            comboboxProps={{ zIndex: 200 }}
            data-testid="existing"
            onChange={(is) => {
              if (isExisting(is)) edit(setSettings({ existing: is === "spread" ? { is, days: 7 } : { is } }));
            }}
          />
          {existing?.is === "spread" && (
            <NumberInput
              mt={6}
              label={t("existing.days")}
              min={1}
              max={90}
              allowDecimal={false}
              value={existing.days}
              onChange={(days) => {
                if (typeof days === "number" && days >= 1)
                  edit(setSettings({ existing: { is: "spread", days } }), { typing: "settings existing" });
              }}
            />
          )}
        </section>
      )}
      <section>
        <b style={{ fontSize: 14 }}>{t("limits.label")}</b>
        <p className={classes.hint} style={{ marginBottom: 8 }}>
          {t("limits.hint")}
        </p>
        <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 8 }}>
          {LIMITS.map((name) => (
            <NumberInput
              key={name}
              size="xs"
              label={t(`limits.${name}`)}
              placeholder={name === "perMember" ? String(MOST_LIVE) : t("limits.none")}
              min={1}
              allowDecimal={false}
              thousandSeparator=","
              value={limits?.[name] ?? ""}
              data-testid={`limit-${name}`}
              onChange={(most) =>
                edit(setSettings({ limits: withLimit(limits, name, most) }), { typing: `settings limit ${name}` })
              }
            />
          ))}
        </div>
      </section>
      <section>
        <b style={{ fontSize: 14 }}>{t("group.label")}</b>
        <p className={classes.hint} style={{ marginBottom: 8 }}>
          {t("group.hint")}
        </p>
        <div style={{ display: "grid", gridTemplateColumns: "2fr 1fr", gap: 8 }}>
          <TextInput
            size="xs"
            label={t("group.name")}
            placeholder={t("group.none")}
            maxLength={80}
            value={group?.name ?? ""}
            data-testid="group"
            onChange={({ target: { value } }) =>
              edit(setSettings({ group: value.trim() ? { name: value, days: group?.days ?? 30 } : undefined }), {
                typing: "settings group",
              })
            }
          />
          {group && (
            <NumberInput
              size="xs"
              label={t("group.days")}
              min={0}
              max={3650}
              allowDecimal={false}
              value={group.days}
              onChange={(days) => {
                if (typeof days === "number")
                  edit(setSettings({ group: { ...group, days } }), { typing: "settings group days" });
              }}
            />
          )}
        </div>
      </section>
    </>
  );
}

/** Without a number there is no such limit; without any, none are kept. */
function withLimit(limits: Settings["limits"], name: (typeof LIMITS)[number], most: unknown): Settings["limits"] {
  const { [name]: _, ...rest } = limits ?? {};
  const next = typeof most === "number" && most >= 1 ? { ...rest, [name]: Math.trunc(most) } : rest;
  return Object.keys(next).length > 0 ? next : undefined;
}
