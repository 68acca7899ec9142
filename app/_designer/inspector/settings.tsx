"use client";
import { NumberInput, Select, TextInput } from "@mantine/core";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { MoneyInput } from "../../_ui/loyalty/money-input";
import { setSettings } from "../edit/change";
import { useTakesFocus } from "../panels/use-takes-focus";
import { FindingsContext } from "../problems/findings";
import { isWithin, type Path, placeKey } from "../problems/place";
import { useNodeProblems } from "../problems/use-problems";
import { useDesigner, useEditor } from "../store/use-designer";
import { ExitSettings, GoalSetting } from "./endings";
import { EntrySettings } from "./entry-settings";
import classes from "./inspector.module.css";
import { PanelHead } from "./panel-head";
import { useLed } from "./use-led";

type Reentry = JourneyDocument["settings"]["reentry"];
const REENTRIES = ["after_end", "once", "every", "per_key", "always"] as const;
const fresh = (is: string | null): Reentry | undefined => {
  switch (is) {
    case "once":
    case "after_end":
    case "always":
      return { is };
    case "every":
      return { is, days: 30 };
    case "per_key":
      return { is, key: "order_id" };
    default:
      return undefined;
  }
};

const KEY: Path = ["settings", "reentry", "key"];

/** What holds for the whole journey: who may enter again, its goal, what makes members leave, its priority. */
export function Settings() {
  const isOpen = useDesigner((state) => state.panel === "settings");
  return isOpen ? <Form /> : null;
}

const isExpanded = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.getAttribute("aria-expanded") === "true";

function Form() {
  const t = useT("designer");
  const w = useT("designerWaits");
  const { store, edit } = useEditor();
  const mayDraw = useDesigner((state) => state.mayDraw);
  const settings = useDesigner((state) => state.document.settings);
  const { reentry, priority, holdout, visits, afterVisits = "leave" } = settings;
  const panel = useTakesFocus<HTMLElement>();
  useLed(panel);
  const close = () => store.setState({ panel: undefined });
  const findings = useNodeProblems(undefined);
  const wrongKey = findings.find(({ path }) => isWithin(path, KEY));
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      data-inspector
      aria-label={t("settings.title")}
      data-testid="settings"
      onKeyDown={(event) => {
        // In a field too, unless it has a list of its own to close.
        if (event.key !== "Escape" || event.defaultPrevented || isExpanded(event.target)) return;
        event.stopPropagation();
        close();
      }}
    >
      <PanelHead icon={<Icon name="settings" size={18} />} title={t("settings.title")} onClose={close} />
      <fieldset className={classes.body} disabled={!mayDraw}>
        <Select
          label={t("settings.reentry")}
          data={REENTRIES.map((is) => ({ value: is, label: t(`settings.${is}`) }))}
          value={reentry.is}
          comboboxProps={{ zIndex: 200 }}
          onChange={(is) => {
            const next = fresh(is);
            if (next) edit(setSettings({ reentry: next }));
          }}
        />
        {reentry.is === "every" && (
          <NumberInput
            label={t("settings.days")}
            min={1}
            max={3650}
            allowDecimal={false}
            value={reentry.days}
            onChange={(days) => {
              if (typeof days === "number" && days >= 1)
                edit(setSettings({ reentry: { is: "every", days } }), { typing: "settings days" });
            }}
          />
        )}
        {reentry.is === "per_key" && (
          <div data-place={placeKey(KEY)}>
            <TextInput
              label={t("settings.key")}
              description={t("settings.keyHint")}
              value={reentry.key}
              error={wrongKey?.says}
              onChange={(event) => {
                if (event.target.value)
                  edit(setSettings({ reentry: { is: "per_key", key: event.target.value } }), {
                    typing: "settings key",
                  });
              }}
            />
          </div>
        )}
        <NumberInput
          label={t("settings.priority")}
          description={t("settings.priorityHint")}
          min={-100}
          max={100}
          allowDecimal={false}
          value={priority}
          onChange={(next) => {
            if (typeof next === "number") edit(setSettings({ priority: next }), { typing: "settings priority" });
          }}
        />
        <NumberInput
          label={w("holdout")}
          description={w("holdoutHint")}
          min={0}
          max={50}
          decimalScale={1}
          allowNegative={false}
          suffix=" %"
          value={holdout?.percent ?? 0}
          data-testid="settings-holdout"
          onChange={(percent) => {
            if (typeof percent !== "number") return;
            const kept = percent > 0 ? { percent, days: holdout?.days ?? 30 } : undefined;
            edit(setSettings({ holdout: kept }), { typing: "settings holdout" });
          }}
        />
        {holdout && (
          <NumberInput
            label={w("holdoutDays")}
            min={1}
            max={730}
            allowDecimal={false}
            value={holdout.days}
            onChange={(days) => {
              if (typeof days === "number" && days >= 1)
                edit(setSettings({ holdout: { ...holdout, days } }), { typing: "settings holdout days" });
            }}
          />
        )}
        <NumberInput
          label={w("visits")}
          description={w("visitsHint")}
          min={1}
          max={100_000}
          allowDecimal={false}
          thousandSeparator=","
          placeholder="1,000"
          value={visits ?? ""}
          onChange={(next) => {
            edit(setSettings({ visits: typeof next === "number" ? next : undefined }), { typing: "settings visits" });
          }}
        />
        {visits !== undefined && (
          <Select
            label={w("afterVisits")}
            data={[
              { value: "leave", label: w("leave") },
              { value: "fail", label: w("fail") },
            ]}
            allowDeselect={false}
            value={afterVisits}
            onChange={(next) => edit(setSettings({ afterVisits: next === "fail" ? next : undefined }))}
            data-testid="settings-after-visits"
          />
        )}
        <MoneyInput
          label={w("budget")}
          description={w("budgetHint")}
          placeholder={w("budgetNone")}
          value={settings.budget ?? null}
          data-testid="settings-budget"
          onChange={(budget) => edit(setSettings({ budget: budget || undefined }), { typing: "settings budget" })}
        />
        <EntrySettings />
        <FindingsContext value={findings}>
          <GoalSetting />
          <ExitSettings />
        </FindingsContext>
      </fieldset>
    </aside>
  );
}
