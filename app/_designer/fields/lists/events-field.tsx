"use client";
import { Button, Group, Input, TextInput } from "@mantine/core";
import { ANY, type Rule } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { RuleBuilder } from "../../rules/builder";
import { readRule } from "../../rules/read";
import { useSay } from "../../shelf";
import { EventSelect } from "../event-select";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { useRuleScope } from "../rule-scope";
import { RowButtons } from "./row-buttons";

type Awaited = { id: string; name?: string; event: string; when: Rule };

const readEvents = (value: unknown): Awaited[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Awaited[] =>
        typeof one === "object" && one !== null && "id" in one && typeof one.id === "string"
          ? [
              {
                id: one.id,
                ...("name" in one && typeof one.name === "string" && { name: one.name }),
                event: "event" in one && typeof one.event === "string" ? one.event : "",
                when: readRule("when" in one ? one.when : undefined),
              },
            ]
          : [],
      )
    : [];

/** Several events waited for at once; each is a way of its own, with a name and conditions. */
export function EventsField({ meta, value, node, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const say = useSay();
  const events = readEvents(value);
  const add = () => {
    let at = events.length + 1;
    while (events.some(({ id }) => id === `way-${at}`)) at++;
    onChange([...events, { id: `way-${at}`, event: "coupon_redeemed", when: ANY }]);
  };
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {events.map((one, i) => (
          <div key={one.id} className={classes.box} data-testid={`event-${one.id}`}>
            <Group gap={2} wrap="nowrap" mb={8}>
              <TextInput
                flex={1}
                size="xs"
                aria-label={t("wayName")}
                placeholder={t("wayHint")}
                value={one.name ?? ""}
                maxLength={40}
                onChange={(event) => {
                  const { name: _, ...rest } = one;
                  const name = event.target.value;
                  onChange(events.with(i, name.trim() ? { ...rest, name } : rest));
                }}
              />
              <RowButtons rows={events} at={i} remove={t("removeEvent")} onChange={onChange} />
            </Group>
            <OneEvent node={node} one={one} onChange={(next) => onChange(events.with(i, next))} />
          </div>
        ))}
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="add" size={14} />}
          disabled={events.length >= 10}
          onClick={add}
          style={{ justifySelf: "start" }}
          data-testid="add-event"
        >
          {t("addEvent")}
        </Button>
      </div>
    </Input.Wrapper>
  );
}

function OneEvent({ node, one, onChange }: { node: string; one: Awaited; onChange(next: Awaited): void }) {
  const t = useT("designerWaits");
  const f = useT("designerFields");
  const scope = useRuleScope(node, one.event || undefined);
  return (
    <>
      <EventSelect
        label={f("happened")}
        value={one.event || undefined}
        onChange={(event) => {
          if (event !== undefined) onChange({ ...one, event });
        }}
      />
      <RuleBuilder
        name={`event-${one.id}`}
        rule={one.when}
        scope={scope}
        empty={t("everyEvent")}
        onChange={(when) => onChange({ ...one, when })}
      />
    </>
  );
}
