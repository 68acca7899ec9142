"use client";
import { ActionIcon, Button, Group, Input, NumberInput, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { useOfRow } from "../use-of-row";

type Draft = { id: string; name: string; weight: number };

const readVariants = (value: unknown): Draft[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Draft[] =>
        typeof one === "object" && one !== null && "id" in one && typeof one.id === "string"
          ? [
              {
                id: one.id,
                name: "name" in one && typeof one.name === "string" ? one.name : "",
                weight: "weight" in one && typeof one.weight === "number" ? one.weight : 0,
              },
            ]
          : [],
      )
    : [];

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** An A/B test's variants with their weights; beside each the share of members it will get. */
export function VariantsField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const ofRow = useOfRow();
  const say = useSay();
  const variants = readVariants(value);
  const all = variants.reduce((sum, { weight }) => sum + weight, 0);
  const add = () => {
    const letter = [...LETTERS].find((one) => !variants.some(({ id }) => id === one)) ?? `v${variants.length + 1}`;
    const weight = Math.max(1, Math.round(all / Math.max(1, variants.length)));
    onChange([...variants, { id: letter, name: t("newVariant", { letter: letter.toUpperCase() }), weight }]);
  };
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {variants.map((one, i) => {
          const set = (part: Partial<Draft>) => onChange(variants.with(i, { ...one, ...part }));
          return (
            <Group key={one.id} gap={6} wrap="nowrap" data-testid={`variant-${one.id}`}>
              <TextInput
                flex={1}
                aria-label={ofRow(t("variantName"), one.name, i)}
                placeholder={t("variantName")}
                value={one.name}
                maxLength={40}
                onChange={(event) => set({ name: event.target.value })}
              />
              <NumberInput
                w={78}
                aria-label={ofRow(t("weight"), one.name, i)}
                value={one.weight}
                min={0}
                max={1000}
                allowDecimal={false}
                allowNegative={false}
                onChange={(next) => {
                  if (typeof next === "number") set({ weight: next });
                }}
              />
              <span className={classes.share}>
                {one.weight === 0 || all === 0
                  ? t("nobodyNew")
                  : t("share", { percent: String(Math.round((one.weight / all) * 1000) / 10) })}
              </span>
              <ActionIcon
                size={26}
                variant="subtle"
                color="gray"
                aria-label={ofRow(t("removeVariant"), one.name, i)}
                disabled={variants.length <= 2}
                onClick={() => onChange(variants.toSpliced(i, 1))}
              >
                <Icon name="close" size={15} />
              </ActionIcon>
            </Group>
          );
        })}
        <Group gap={6}>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<Icon name="add" size={14} />}
            disabled={variants.length >= 10}
            onClick={add}
            data-testid="add-variant"
          >
            {t("addVariant")}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() =>
              onChange(variants.map((one) => ({ ...one, weight: Math.max(1, Math.round(100 / variants.length)) })))
            }
          >
            {t("evenly")}
          </Button>
        </Group>
      </div>
    </Input.Wrapper>
  );
}
