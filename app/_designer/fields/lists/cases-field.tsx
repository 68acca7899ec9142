"use client";
import { Button, Group, Input, Menu, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { ANY } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { FindingsContext } from "../../problems/findings";
import { useNodeProblems } from "../../problems/use-problems";
import { RuleBuilder } from "../../rules/builder";
import { useSay, useShelf } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { useRuleScope } from "../rule-scope";
import { useOfRow } from "../use-of-row";
import { type Case, readCases } from "./case-draft";
import { RangeForm } from "./range-form";
import { RowButtons } from "./row-buttons";

/** A switch's ways, tried from the top; each has a name, which is its port's label, and a rule. */
export function CasesField({ name, meta, value, node, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const ofRow = useOfRow();
  const say = useSay();
  const { tiers } = useShelf();
  const scope = useRuleScope(node, undefined);
  const findings = useNodeProblems(node);
  const cases = readCases(value);
  const [isRanging, setRanging] = useState(false);
  const freshId = () => {
    let at = cases.length + 1;
    while (cases.some((one) => one.id === `way-${at}`)) at++;
    return `way-${at}`;
  };
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {cases.map((one, i) => {
          const set = (part: Partial<Case>) => onChange(cases.with(i, { ...one, ...part }));
          return (
            <div key={one.id} className={classes.box} data-testid={`case-${one.id}`}>
              <Group gap={2} wrap="nowrap">
                <TextInput
                  flex={1}
                  size="xs"
                  aria-label={ofRow(t("caseName"), one.name, i)}
                  placeholder={t("caseName")}
                  value={one.name}
                  maxLength={40}
                  onChange={(event) => set({ name: event.target.value })}
                />
                <RowButtons rows={cases} at={i} name={one.name} remove={t("removeCase")} onChange={onChange} />
              </Group>
              <FindingsContext value={findings}>
                <RuleBuilder
                  name={`case-${one.id}`}
                  label={ofRow(t("conditions"), one.name, i)}
                  rule={one.when}
                  at={[name, i, "when"]}
                  scope={scope}
                  empty={t("everyone")}
                  onChange={(when) => set({ when })}
                />
              </FindingsContext>
            </div>
          );
        })}
        <Group gap={6}>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<Icon name="add" size={14} />}
            disabled={cases.length >= 20}
            onClick={() =>
              onChange([
                ...cases,
                { id: freshId(), name: t("newCase", { count: String(cases.length + 1) }), when: ANY },
              ])
            }
          >
            {t("addCase")}
          </Button>
          <Menu zIndex={200} position="bottom-start">
            <Menu.Target>
              <Button size="compact-sm" variant="subtle" color="gray" rightSection={<IconChevronDown size={14} />}>
                {t("quick")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                onClick={() =>
                  onChange(
                    tiers
                      .slice(1)
                      .toReversed()
                      .map(({ id, name }): Case => ({ id, name, when: { field: "member.tier", is: "eq", value: id } })),
                  )
                }
              >
                {t("quickTier")}
              </Menu.Item>
              <Menu.Item onClick={() => setRanging(true)} data-testid="quick-range">
                {t("quickRange")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
        {isRanging && (
          <RangeForm
            scope={scope}
            onMake={(ways) => {
              onChange(ways);
              setRanging(false);
            }}
            onClose={() => setRanging(false)}
          />
        )}
        <p className={classes.hint}>{t("otherwise")}</p>
      </div>
    </Input.Wrapper>
  );
}
