"use client";
import { ActionIcon, Button, Group, Input, Select, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { TemplateInput } from "../messages/template-input";
import { useOfRow } from "../use-of-row";

const TYPES = ["text", "number", "boolean"] as const;
type Row = { name: string; as: (typeof TYPES)[number]; value: string };
const isType = (value: unknown): value is Row["as"] => TYPES.some((type) => type === value);
const text = (value: object, key: string): string => {
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : "";
};

const readRows = (value: unknown): Row[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Row[] => {
        if (typeof one !== "object" || one === null) return [];
        const as: unknown = Reflect.get(one, "as");
        return [{ name: text(one, "name"), as: isType(as) ? as : "text", value: text(one, "value") }];
      })
    : [];

/** An event's properties: each a name, what it holds, and its value, in which Liquid may stand. */
export function PropertiesField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const ofRow = useOfRow();
  const say = useSay();
  const rows = readRows(value);
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {rows.map((row, i) => {
          const set = (part: Partial<Row>) => onChange(rows.with(i, { ...row, ...part }));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <div key={i} className={classes.box}>
              <Group gap={6} wrap="nowrap" mb={6}>
                <TextInput
                  flex={1}
                  size="xs"
                  aria-label={ofRow(t("propertyName"), row.name, i)}
                  placeholder={t("propertyName")}
                  value={row.name}
                  maxLength={60}
                  onChange={(event) => set({ name: event.target.value })}
                />
                <Select
                  size="xs"
                  w={100}
                  aria-label={ofRow(t("typeOf"), row.name, i)}
                  data={TYPES.map((type) => ({ value: type, label: t(`type.${type}`) }))}
                  value={row.as}
                  allowDeselect={false}
                  comboboxProps={{ zIndex: 200 }}
                  onChange={(next) => {
                    if (isType(next)) set({ as: next });
                  }}
                />
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  aria-label={ofRow(t("removeProperty"), row.name, i)}
                  onClick={() => onChange(rows.toSpliced(i, 1))}
                >
                  <Icon name="close" size={15} />
                </ActionIcon>
              </Group>
              <TemplateInput
                label={ofRow(t("value"), row.name, i)}
                isBare
                value={row.value}
                onChange={(next) => set({ value: next })}
              />
            </div>
          );
        })}
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="add" size={14} />}
          disabled={rows.length >= 20}
          style={{ justifySelf: "start" }}
          onClick={() => onChange([...rows, { name: "", as: "text", value: "" }])}
        >
          {t("addProperty")}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
