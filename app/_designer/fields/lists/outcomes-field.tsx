"use client";
import { ActionIcon, Button, Group, Input, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";

type Outcome = { id: string; name: string };

const readOutcomes = (value: unknown): Outcome[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Outcome[] =>
        typeof one === "object" && one !== null && "id" in one && typeof one.id === "string"
          ? [{ id: one.id, name: "name" in one && typeof one.name === "string" ? one.name : "" }]
          : [],
      )
    : [];

/** How a task may end: each a button for the staff and a way on. A name may change, its way stays wired. */
export function OutcomesField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const outcomes = readOutcomes(value);
  const freshId = () => {
    let at = outcomes.length + 1;
    while (outcomes.some((one) => one.id === `outcome-${at}`)) at++;
    return `outcome-${at}`;
  };
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {outcomes.map((one, i) => (
          <Group key={one.id} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              aria-label={t("outcomeName")}
              placeholder={t("outcomeName")}
              value={one.name}
              maxLength={40}
              onChange={(event) => onChange(outcomes.with(i, { ...one, name: event.target.value }))}
            />
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              aria-label={t("removeOutcome")}
              disabled={outcomes.length === 1}
              onClick={() => onChange(outcomes.toSpliced(i, 1))}
            >
              <Icon name="close" size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="add" size={14} />}
          disabled={outcomes.length >= 6}
          style={{ justifySelf: "start" }}
          onClick={() => onChange([...outcomes, { id: freshId(), name: t("newOutcome") }])}
        >
          {t("addOutcome")}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
