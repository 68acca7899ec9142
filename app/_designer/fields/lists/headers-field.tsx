"use client";
import { ActionIcon, Button, Group, Input, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";

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

/** A request's own headers. */
export function HeadersField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const headers = readHeaders(value);
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {headers.map((header, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers have no identity but their place
          <Group key={i} gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              w={130}
              aria-label={t("headerName")}
              placeholder="X-Api-Key"
              value={header.name}
              maxLength={60}
              onChange={(event) => onChange(headers.with(i, { ...header, name: event.target.value }))}
            />
            <TextInput
              size="xs"
              flex={1}
              aria-label={t("value")}
              value={header.value}
              maxLength={1000}
              onChange={(event) => onChange(headers.with(i, { ...header, value: event.target.value }))}
            />
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              aria-label={t("removeHeader")}
              onClick={() => onChange(headers.toSpliced(i, 1))}
            >
              <Icon name="close" size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="add" size={14} />}
          disabled={headers.length >= 10}
          style={{ justifySelf: "start" }}
          onClick={() => onChange([...headers, { name: "", value: "" }])}
        >
          {t("addHeader")}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
