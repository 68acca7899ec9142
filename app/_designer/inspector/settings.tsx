"use client";
import { ActionIcon, Button, NumberInput, Select, TextInput } from "@mantine/core";
import type { JourneyDocument } from "@/core/journey/document";
import { ANY, type Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { MoneyInput } from "../../_ui/loyalty/money-input";
import { setEnding, setSettings } from "../edit/change";
import { EventSelect } from "../fields/event-select";
import { useRuleScope } from "../fields/rule-scope";
import { RuleBuilder } from "../rules/builder";
import { useDesigner, useEditor } from "../store/use-designer";
import { EntrySettings } from "./entry-settings";
import classes from "./inspector.module.css";
import { PanelHead } from "./panel-head";

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

/** What holds for the whole journey: who may enter again, its goal, what makes members leave, its priority. */
export function Settings() {
  const isOpen = useDesigner((state) => state.panel === "settings");
  return isOpen ? <Form /> : null;
}

function Form() {
  const t = useT("designer");
  const w = useT("designerWaits");
  const { store, edit } = useEditor();
  const mayDraw = useDesigner((state) => state.mayDraw);
  const { settings, goal, exits = [] } = useDesigner((state) => state.document);
  const { reentry, priority, holdout, visits } = settings;
  return (
    <aside className={classes.panel} data-inspector aria-label={t("settings.title")} data-testid="settings">
      <PanelHead
        icon={<Icon name="settings" size={18} />}
        title={t("settings.title")}
        onClose={() => store.setState({ panel: undefined })}
      />
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
          <TextInput
            label={t("settings.key")}
            description={t("settings.keyHint")}
            value={reentry.key}
            onChange={(event) => {
              if (event.target.value)
                edit(setSettings({ reentry: { is: "per_key", key: event.target.value } }), { typing: "settings key" });
            }}
          />
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
        <MoneyInput
          label={w("budget")}
          description={w("budgetHint")}
          placeholder={w("budgetNone")}
          value={settings.budget ?? null}
          data-testid="settings-budget"
          onChange={(budget) => edit(setSettings({ budget: budget || undefined }), { typing: "settings budget" })}
        />
        <EntrySettings />
        <section>
          <b style={{ fontSize: 14 }}>{t("settings.goal")}</b>
          <p className={classes.hint} style={{ marginBottom: 8 }}>
            {t("settings.goalHint")}
          </p>
          {goal ? (
            <div className={classes.box}>
              <Ending
                name="goal"
                ending={goal}
                onChange={(next) => edit(setEnding("goal", { ...goal, ...next }), { typing: "goal" })}
                onRemove={() => edit(setEnding("goal", undefined))}
              />
              <TextInput
                size="xs"
                label={t("settings.value")}
                description={t("settings.valueHint")}
                value={goal.value ?? ""}
                onChange={(event) => {
                  const { value: _, ...rest } = goal;
                  edit(setEnding("goal", event.target.value ? { ...rest, value: event.target.value } : rest), {
                    typing: "goal value",
                  });
                }}
              />
            </div>
          ) : (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="flag" size={14} />}
              onClick={() => edit(setEnding("goal", { on: "order_paid", when: ANY }))}
            >
              {t("settings.addGoal")}
            </Button>
          )}
        </section>
        <section>
          <b style={{ fontSize: 14 }}>{t("settings.exits")}</b>
          <p className={classes.hint} style={{ marginBottom: 8 }}>
            {t("settings.exitsHint")}
          </p>
          <div style={{ display: "grid", gap: 8 }}>
            {exits.map((exit, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: exits have no identity but their place
              <div key={i} className={classes.box}>
                <Ending
                  name={`exit-${i}`}
                  ending={exit}
                  onChange={(next) =>
                    edit(setEnding("exits", exits.with(i, { ...exit, ...next })), { typing: `exit ${i}` })
                  }
                  onRemove={() => edit(setEnding("exits", exits.length === 1 ? undefined : exits.toSpliced(i, 1)))}
                />
              </div>
            ))}
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="door" size={14} />}
              onClick={() => edit(setEnding("exits", [...exits, { on: "order_refunded", when: ANY }]))}
              style={{ justifySelf: "start" }}
            >
              {t("settings.addExit")}
            </Button>
          </div>
        </section>
      </fieldset>
    </aside>
  );
}

type Ended = { on?: string | undefined; when: Rule };

function Ending({
  name,
  ending,
  onChange,
  onRemove,
}: {
  name: string;
  ending: Ended;
  onChange(next: Ended): void;
  onRemove(): void;
}) {
  const t = useT("designer");
  const f = useT("designerFields");
  const scope = useRuleScope(undefined, ending.on);
  return (
    <>
      <div style={{ display: "flex", gap: 4, alignItems: "end" }}>
        <div style={{ flex: 1 }}>
          <EventSelect
            label={t("settings.on")}
            value={ending.on}
            isClearable
            placeholder={t("settings.anyEvent")}
            onChange={(on) => onChange({ on, when: ending.when })}
          />
        </div>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("settings.remove")} onClick={onRemove}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </div>
      <RuleBuilder
        name={name}
        rule={ending.when}
        scope={scope}
        empty={f("everyEvent")}
        onChange={(when) => onChange({ on: ending.on, when })}
      />
    </>
  );
}
