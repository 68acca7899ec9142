"use client";
import { ActionIcon, Button, Group, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import type { Path } from "../problems/place";
import classes from "./builder.module.css";
import { LiveCount } from "./counts/live-count";
import { FieldPicker } from "./field-picker";
import type { RuleScope } from "./fields";
import { asGroup, asRoot, fromGroup, fromRoot, type Join, type RuleGroup, rowPlace } from "./read";
import { RuleRow } from "./row/row";
import { useSeen } from "./use-seen";

const JOINS: Join[] = ["all", "any", "none", "notAll"];
const isJoin = (value: string | null): value is Join => JOINS.some((join) => join === value);

/** Builds a rule: rows of field, comparison and value, in groups of all, any, none, nested. */
export function RuleBuilder({
  name,
  label,
  rule,
  scope,
  empty,
  at,
  onChange,
}: {
  /** For tests to find it by. */
  name: string;
  /** What screen readers call it. */
  label: string;
  rule: Rule;
  /** Where it stands in its step's config, so that problems lead to its rows. */
  at?: Path;
  scope: RuleScope;
  empty: string;
  onChange(rule: Rule): void;
}) {
  const root = asRoot(rule);
  const known = useSeen(scope);
  return (
    <Frame
      foot={<LiveCount rule={rule} />}
      name={name}
      label={label}
      rule={rule}
      at={at}
      group={root}
      scope={known}
      depth={0}
      empty={empty}
      onChange={(group) => onChange(fromRoot(group))}
    />
  );
}

function Frame({
  name,
  label,
  rule,
  at,
  group,
  scope,
  depth,
  empty,
  foot,
  onChange,
  onRemove,
}: {
  foot?: ReactNode;
  /** The whole rule's; its inner groups have none. */
  name?: string;
  label: string;
  /** What the group was read from, and where that stands. */
  rule: Rule;
  at: Path | undefined;
  group: RuleGroup;
  scope: RuleScope;
  depth: number;
  empty?: string;
  onChange(group: RuleGroup): void;
  onRemove?(): void;
}) {
  const t = useT("designerFields");
  const { join, rules } = group;
  const set = (rules: Rule[]) => onChange({ ...group, rules });
  // The row whose value the keyboard goes on with: the field was chosen just now.
  const [picked, setPicked] = useState<number>();
  const add = (rule: Rule) => set([...rules, rule]);
  const isBare = depth === 0 && rules.length < 2 && join === "all";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a frame in every browser
    <div
      className={classes.frame}
      data-depth={depth}
      role="group"
      aria-label={label}
      data-testid={name && `rule-${name}`}
    >
      {!isBare && (
        <Group gap={4} justify="space-between" wrap="nowrap">
          <Select
            size="xs"
            variant="unstyled"
            aria-label={t("joinLabel")}
            className={classes.join}
            data={JOINS.map((one) => ({ value: one, label: t(one) }))}
            value={join}
            comboboxProps={{ zIndex: 200, width: 180, position: "bottom-start" }}
            onChange={(next) => {
              if (isJoin(next)) onChange({ ...group, join: next });
            }}
          />
          {onRemove && (
            <ActionIcon size={24} variant="subtle" color="gray" aria-label={t("removeGroup")} onClick={onRemove}>
              <Icon name="close" size={14} />
            </ActionIcon>
          )}
        </Group>
      )}
      {rules.length === 0 && empty && <p className={classes.empty}>{empty}</p>}
      {rules.map((one, i) => {
        const inner = asGroup(one);
        const replace = (next: Rule) => set(rules.with(i, next));
        const remove = () => set(rules.toSpliced(i, 1));
        const place = at && [...at, ...rowPlace(rule, i)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <div key={i} className={classes.item}>
            {i > 0 && <span className={classes.joint}>{join === "all" || join === "notAll" ? t("and") : t("or")}</span>}
            {inner ? (
              <Frame
                label={t(inner.join)}
                rule={one}
                at={place}
                group={inner}
                scope={scope}
                depth={depth + 1}
                onChange={(next) => replace(fromGroup(next))}
                onRemove={remove}
              />
            ) : (
              <RuleRow
                rule={one}
                at={place}
                scope={scope}
                isPicked={picked === i}
                onPick={(rule) => {
                  setPicked(i);
                  replace(rule);
                }}
                onChange={replace}
                onRemove={remove}
                onReached={() => setPicked(undefined)}
              />
            )}
          </div>
        );
      })}
      <Group gap={4} mt={rules.length > 0 ? 6 : 0}>
        <FieldPicker
          scope={scope}
          onPick={(rule) => {
            setPicked(rules.length);
            add(rule);
          }}
          target={(open) => (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<Icon name="add" size={14} />}
              onClick={open}
              data-testid="add-condition"
            >
              {rules.length === 0 && depth === 0 ? t("addFirst") : t("addCondition")}
            </Button>
          )}
        />
        {rules.length > 0 && depth < 4 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="add" size={14} />}
            onClick={() => add({ any: [] })}
          >
            {t("addGroup")}
          </Button>
        )}
      </Group>
      {foot}
    </div>
  );
}
