"use client";
import { Input } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { RuleBuilder } from "../rules/builder";
import { EventCount } from "../rules/event-count";
import { readRule } from "../rules/read";
import { useSay } from "../shelf";
import { useDesigner } from "../store/use-designer";
import type { FieldProps } from "./field-props";
import { useRuleScope } from "./rule-scope";

/** Conditions, nested as deep as needed. */
export function RuleField({ name, meta, value, config, node, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const event = meta.judges === "config" && typeof config.event === "string" && config.event ? config.event : undefined;
  const scope = useRuleScope(node, event);
  const isEntry = useDesigner((state) => state.document.entry === node);
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <RuleBuilder
        name={name}
        rule={readRule(value)}
        scope={scope}
        empty={meta.judges === "config" ? t("everyEvent") : t("everyone")}
        onChange={onChange}
      />
      {isEntry && event !== undefined && <EventCount event={event} when={readRule(value)} />}
    </Input.Wrapper>
  );
}
