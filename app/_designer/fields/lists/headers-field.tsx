"use client";
import { Group, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import type { FieldProps } from "../field-props";
import { useOfRow } from "../use-of-row";
import { ListField } from "./list-field";
import { RowButtons } from "./row-buttons";

type Header = { name: string; value: string };
const text = (value: object, key: string): string => {
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : "";
};
const readHeaders = (value: unknown): Header[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Header[] =>
        typeof one === "object" && one !== null ? [{ name: text(one, "name"), value: text(one, "value") }] : [],
      )
    : [];

const MOST = 10;

/** A request's own headers. */
export function HeadersField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const ofRow = useOfRow();
  const headers = readHeaders(value);
  return (
    <ListField
      meta={meta}
      error={error}
      add={t("addHeader")}
      isFull={headers.length >= MOST}
      onAdd={() => onChange([...headers, { name: "", value: "" }])}
    >
      {headers.map((header, i) => {
        const set = (part: Partial<Header>) => onChange(headers.with(i, { ...header, ...part }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers have no identity but their place
          <Group key={i} gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              w={130}
              aria-label={ofRow(t("headerName"), header.name, i)}
              placeholder="X-Api-Key"
              value={header.name}
              maxLength={60}
              onChange={(event) => set({ name: event.target.value })}
            />
            <TextInput
              size="xs"
              flex={1}
              aria-label={ofRow(t("value"), header.name, i)}
              value={header.value}
              maxLength={1000}
              onChange={(event) => set({ value: event.target.value })}
            />
            <RowButtons
              rows={headers}
              at={i}
              name={header.name}
              remove={t("removeHeader")}
              least={0}
              isFixedOrder
              onChange={onChange}
            />
          </Group>
        );
      })}
    </ListField>
  );
}
