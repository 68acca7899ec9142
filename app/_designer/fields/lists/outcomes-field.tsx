"use client";
import { Group, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import type { FieldProps } from "../field-props";
import { useOfRow } from "../use-of-row";
import { ListField } from "./list-field";
import { RowButtons } from "./row-buttons";

type Outcome = { id: string; name: string };

const readOutcomes = (value: unknown): Outcome[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Outcome[] =>
        typeof one === "object" && one !== null && "id" in one && typeof one.id === "string"
          ? [{ id: one.id, name: "name" in one && typeof one.name === "string" ? one.name : "" }]
          : [],
      )
    : [];

const MOST = 6;

/** How a task may end: each a button for the staff and a way on. A name may change, its way stays wired. */
export function OutcomesField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const ofRow = useOfRow();
  const outcomes = readOutcomes(value);
  const freshId = () => {
    let at = outcomes.length + 1;
    while (outcomes.some((one) => one.id === `outcome-${at}`)) at++;
    return `outcome-${at}`;
  };
  return (
    <ListField
      meta={meta}
      error={error}
      add={t("addOutcome")}
      isFull={outcomes.length >= MOST}
      onAdd={() => onChange([...outcomes, { id: freshId(), name: t("newOutcome") }])}
    >
      {outcomes.map((one, i) => (
        <Group key={one.id} gap={6} wrap="nowrap">
          <TextInput
            flex={1}
            size="xs"
            aria-label={ofRow(t("outcomeName"), one.name, i)}
            placeholder={t("outcomeName")}
            value={one.name}
            maxLength={40}
            onChange={(event) => onChange(outcomes.with(i, { ...one, name: event.target.value }))}
          />
          <RowButtons rows={outcomes} at={i} name={one.name} remove={t("removeOutcome")} onChange={onChange} />
        </Group>
      ))}
    </ListField>
  );
}
