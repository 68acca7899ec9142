"use client";
import { Group, Select, TextInput } from "@mantine/core";
import type { ComponentType } from "react";
import { z } from "zod";
import { type FieldType, fieldsOf } from "@/core/journey/parts/field";
import { isWaitPart, WAIT_PARTS, type WaitPartId, waitParts } from "@/core/journey/parts/waits/registry";
import type { WaitPart } from "@/core/journey/parts/waits/wait-part";
import type { Text } from "@/core/text";
import { useT } from "../../../_i18n/use-t";
import { useNodeProblems } from "../../problems/use-problems";
import { useSay } from "../../shelf";
import { ChoiceField } from "../choice-field";
import { EventField } from "../event-field";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { RuleField } from "../rule-field";
import { DateField } from "../time/date-field";
import { DurationField } from "../time/duration-field";
import { OffsetField } from "../time/offset-field";
import { TimeField } from "../time/time-field";
import { WindowField } from "../time/window-field";
import { useOfRow } from "../use-of-row";
import { ListField } from "./list-field";
import { RowButtons } from "./row-buttons";

/** A way as a draft holds it: its settings may be half filled in. */
type WayDraft = { id: string; name?: string; is?: WaitPartId } & Record<string, unknown>;

const readWays = (value: unknown): WayDraft[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): WayDraft[] => {
        if (typeof one !== "object" || one === null || !("id" in one) || typeof one.id !== "string") return [];
        const { name, is, ...rest }: Record<string, unknown> & { id: string } = { ...one, id: one.id };
        return [{ ...rest, ...(typeof name === "string" && { name }), ...(isWaitPart(is) && { is }) }];
      })
    : [];

/** The widgets of what can be waited for, as in the waits for it alone. */
const FIELDS: Partial<Record<FieldType, ComponentType<FieldProps>>> = {
  event: EventField,
  rule: RuleField,
  date: DateField,
  choice: ChoiceField,
  offset: OffsetField,
  time: TimeField,
  window: WindowField,
  duration: DurationField,
};

/** Several things waited for at once; each is a way of its own, with a name and the settings that the wait for it alone has. */
export function WaysField({ name, meta, value, node, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const ofRow = useOfRow();
  const say = useSay();
  const ways = readWays(value);
  const found = useNodeProblems(node).filter(({ path }) => path[0] === name && typeof path[1] === "number");
  const add = () => {
    let at = ways.length + 1;
    while (ways.some(({ id }) => id === `way-${at}`)) at++;
    onChange([...ways, { id: `way-${at}`, is: "event", ...waitParts.event.initial }]);
  };
  return (
    <ListField
      meta={meta}
      error={found.length === 0 ? error : undefined}
      add={t("addWay")}
      isFull={ways.length >= 10}
      onAdd={add}
    >
      {ways.map((way, i) => {
        const called = way.name ?? say(calledSo(waitParts[way.is ?? "event"], way));
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a box in every browser
          <div
            key={way.id}
            role="group"
            aria-label={called || String(i + 1)}
            className={classes.box}
            data-testid={`way-${way.id}`}
          >
            <Group gap={2} wrap="nowrap" mb={8}>
              <WayName
                way={way}
                label={ofRow(t("wayName"), called, i)}
                onChange={(next) => onChange(ways.with(i, next))}
              />
              <RowButtons rows={ways} at={i} name={called} remove={t("removeWay")} onChange={onChange} />
            </Group>
            <WaySettings
              way={way}
              named={(what) => ofRow(what, called, i)}
              node={node}
              at={[name, i]}
              errorAt={(key) => found.find(({ path }) => path[1] === i && path[2] === key)?.says}
              onChange={(next) => onChange(ways.with(i, next))}
            />
          </div>
        );
      })}
    </ListField>
  );
}

function WayName({ way, label, onChange }: { way: WayDraft; label: string; onChange(next: WayDraft): void }) {
  const t = useT("designerWaits");
  const say = useSay();
  const part: WaitPart = waitParts[way.is ?? "event"];
  return (
    <TextInput
      flex={1}
      size="xs"
      aria-label={label}
      placeholder={say(calledSo(part, way)) || t("wayName")}
      value={way.name ?? ""}
      maxLength={40}
      onChange={(event) => {
        const { name: _, ...rest } = way;
        const name = event.target.value;
        onChange(name.trim() ? { ...rest, name } : rest);
      }}
    />
  );
}

/** What a way is called without a name of its own; nothing while it is half filled in. */
function calledSo(part: WaitPart, way: WayDraft): Text {
  const parsed = z.object(part.fields).safeParse(way);
  return parsed.success ? part.called(parsed.data) : { en: "", "zh-CN": "" };
}

function WaySettings({
  way,
  named,
  node,
  at,
  errorAt,
  onChange,
}: {
  way: WayDraft;
  /** What one of its settings is called, told apart from the other ways'. */
  named(what: string): string;
  node: string;
  /** Where the way stands in the config. */
  at: (string | number)[];
  /** What is wrong with one of its settings, or, of undefined, with the way. */
  errorAt(key: string | undefined): string | undefined;
  onChange(next: WayDraft): void;
}) {
  const t = useT("designerWaits");
  const say = useSay();
  const is = way.is ?? "event";
  const part: WaitPart = waitParts[is];
  return (
    <div className={classes.stack}>
      <Select
        label={t("waitsFor")}
        aria-label={named(t("waitsFor"))}
        data={WAIT_PARTS.map((id) => ({ value: id, label: say(waitParts[id].name) }))}
        value={is}
        allowDeselect={false}
        error={errorAt(undefined)}
        comboboxProps={{ zIndex: 200 }}
        data-testid={`is-${way.id}`}
        onChange={(next) => {
          if (!isWaitPart(next) || next === is) return;
          onChange({
            id: way.id,
            ...(way.name !== undefined && { name: way.name }),
            is: next,
            ...waitParts[next].initial,
          });
        }}
      />
      {fieldsOf(z.object(part.fields)).map(({ name: key, meta }) => {
        const Field = FIELDS[meta.field];
        return (
          Field && (
            <Field
              key={key}
              name={`${way.id}-${key}`}
              meta={meta}
              value={way[key]}
              at={[...at, key]}
              config={way}
              node={node}
              error={errorAt(key)}
              onChange={(value) => onChange({ ...way, [key]: value })}
            />
          )
        );
      })}
    </div>
  );
}
