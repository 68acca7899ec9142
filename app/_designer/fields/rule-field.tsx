"use client";
import { Input } from "@mantine/core";
import { leavesOf } from "@/core/rules/walk";
import { useT } from "../../_i18n/use-t";
import { FindingsContext } from "../problems/findings";
import { isWithin } from "../problems/place";
import { useNodeProblems } from "../problems/use-problems";
import { RuleBuilder } from "../rules/builder";
import { EventCount } from "../rules/counts/event-count";
import { readRule } from "../rules/read";
import { useSay } from "../shelf";
import { useDesigner } from "../store/use-designer";
import type { FieldProps } from "./field-props";
import { useRuleScope } from "./rule-scope";

/** Conditions, nested as deep as needed. */
export function RuleField({ name, meta, value, config, node, error, at = [name], onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const event = meta.judges === "config" && typeof config.event === "string" && config.event ? config.event : undefined;
  const scope = useRuleScope(node, event);
  const isEntry = useDesigner((state) => state.document.entry === node);
  const rule = readRule(value);
  const findings = useNodeProblems(node);
  // What is wrong with a condition is told in its row.
  const isTold = leavesOf(rule, at).some(({ path: row }) => findings.some(({ path }) => isWithin(path, row)));
  return (
    <Input.Wrapper
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      error={isTold ? undefined : error}
      labelElement="div"
    >
      <FindingsContext value={findings}>
        <RuleBuilder
          name={name}
          label={say(meta.label)}
          rule={rule}
          at={at}
          scope={scope}
          empty={meta.judges === "config" ? t("everyEvent") : t("everyone")}
          onChange={onChange}
        />
      </FindingsContext>
      {isEntry && event !== undefined && <EventCount event={event} when={rule} />}
    </Input.Wrapper>
  );
}
