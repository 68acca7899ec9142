"use client";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { ANY, type Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { setEnding } from "../edit/change";
import { EventSelect } from "../fields/event-select";
import { useRuleScope } from "../fields/rule-scope";
import type { Path } from "../problems/place";
import { RuleBuilder } from "../rules/builder";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./inspector.module.css";

/** What ends a run as a conversion, at any moment of it. */
export function GoalSetting() {
  const t = useT("designer");
  const { edit } = useEditor();
  const goal = useDesigner((state) => state.document.goal);
  return (
    <section data-field="goal">
      <b style={{ fontSize: 14 }}>{t("settings.goal")}</b>
      <p className={classes.hint} style={{ marginBottom: 8 }}>
        {t("settings.goalHint")}
      </p>
      {goal ? (
        <div className={classes.box}>
          <Ending
            name="goal"
            label={t("settings.goal")}
            at={["goal", "when"]}
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
  );
}

/** What makes members leave at once, at any moment of their run. */
export function ExitSettings() {
  const t = useT("designer");
  const { edit } = useEditor();
  const exits = useDesigner((state) => state.document.exits) ?? [];
  return (
    <section data-field="exits">
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
              label={`${t("settings.exits")} ${i + 1}`}
              at={["exits", i, "when"]}
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
  );
}

type Ended = { on?: string | undefined; when: Rule };

function Ending({
  name,
  label,
  at,
  ending,
  onChange,
  onRemove,
}: {
  name: string;
  /** What screen readers call its rule. */
  label: string;
  /** Where its rule stands in the journey. */
  at: Path;
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
        label={label}
        rule={ending.when}
        at={at}
        scope={scope}
        empty={f("everyEvent")}
        onChange={(when) => onChange({ on: ending.on, when })}
      />
    </>
  );
}
