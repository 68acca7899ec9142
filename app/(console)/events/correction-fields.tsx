"use client";
import { NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES, eventKind } from "@/core/events/catalogue";
import type { Property } from "@/core/events/property";
import { ourName } from "@/core/events/segment-names";
import { valueName } from "@/core/events/value-names";
import { useT } from "../../_i18n/use-t";
import { MoneyInput } from "../../_ui/loyalty/money-input";

type Message = Record<string, unknown>;
type Wrong = { path: string; says: string };

/** A message's event, member, time and properties as fields; what they cannot hold stays in the JSON beside them. */
export function CorrectionFields({
  message,
  wrong,
  onChange,
}: {
  message: Message;
  wrong: Wrong[];
  onChange(message: Message): void;
}) {
  const t = useT("letters");
  const locale = useLocale();
  const said = typeof message.event === "string" ? message.event : "";
  const { name } = ourName(said);
  const known = eventKind(name)?.properties ?? {};
  const properties: Message = Object(message.properties);
  const set = (change: Message) => onChange(without({ ...message, ...change }));
  const errorOf = (...place: string[]) =>
    wrong.find(({ path }) => `${path}.`.startsWith(`message.${place.join(".")}.`))?.says;
  const required = Object.keys(known).filter((property) => known[property]?.required);
  const shown = [...new Set([...required, ...Object.keys(properties)])];
  const more = Object.keys(known).filter(
    (property) => !shown.includes(property) && FITS.has(known[property]?.type ?? ""),
  );
  const setProperty = (property: string, value: unknown) =>
    set({ properties: without({ ...properties, [property]: value }) });
  return (
    <Stack gap="xs">
      {message.event !== undefined && (
        <Select
          label={t("fieldEvent")}
          searchable
          data-field="event"
          value={name}
          error={errorOf("event")}
          onChange={(event) => event && set({ event })}
          data={[
            ...(EVENT_NAMES.some((one) => one === name) ? [] : [{ value: name, label: said }]),
            ...EVENT_NAMES.filter((one) => catalogue[one].from === "sender" || one === name).map((one) => ({
              value: one,
              label: catalogue[one].name[locale],
            })),
          ]}
        />
      )}
      {(["userId", "anonymousId"] as const).map(
        (id) =>
          (id === "userId" || message[id] !== undefined) && (
            <TextInput
              key={id}
              label={t(id)}
              data-field={id}
              value={typeof message[id] === "string" ? message[id] : ""}
              error={errorOf(id)}
              onChange={(change) => set({ [id]: change.currentTarget.value || undefined })}
            />
          ),
      )}
      {shown.map((property) => (
        <Field
          key={property}
          name={property}
          property={known[property]}
          value={properties[property]}
          error={errorOf("properties", property)}
          onChange={(value) => setProperty(property, value)}
        />
      ))}
      {more.length > 0 && (
        <Select
          aria-label={t("addField")}
          placeholder={t("addField")}
          searchable
          value={null}
          onChange={(property) => property && setProperty(property, known[property]?.type === "boolean" ? true : "")}
          data={more.map((property) => ({ value: property, label: known[property]?.name[locale] ?? property }))}
        />
      )}
    </Stack>
  );
}

/** What a field can hold; lists and items are written as JSON. */
const FITS = new Set(["text", "money", "count", "number", "boolean", "instant", "date"]);

function Field({
  name,
  property,
  value,
  error,
  onChange,
}: {
  name: string;
  property: Property | undefined;
  value: unknown;
  error: string | undefined;
  onChange(value: unknown): void;
}) {
  const t = useT("letters");
  const common = useT("common");
  const locale = useLocale();
  const label = property?.name[locale] ?? name;
  const isSimple = typeof value !== "object" || value === null;
  if (!isSimple || (property && !FITS.has(property.type)))
    return (
      <Text size="sm" c={error ? "var(--tone-bad)" : "dimmed"}>
        {label}: {t("inJson")}
      </Text>
    );
  const shared = { label, error, "data-field": name };
  // What stands there and fits no field of its kind is shown beside it.
  const now =
    value === undefined || typeof value === "number" || value === ""
      ? undefined
      : t("fieldNow", { value: String(value) });
  if (property?.options)
    return (
      <Select
        {...shared}
        clearable={!property.required}
        value={property.options.includes(String(value)) ? String(value) : null}
        {...(value !== undefined && !property.options.includes(String(value)) && { description: now })}
        onChange={(chosen) => onChange(chosen ?? undefined)}
        data={property.options.map((option) => ({ value: option, label: valueName(name, option)?.[locale] ?? option }))}
      />
    );
  switch (property?.type) {
    case "money":
      return (
        <MoneyInput
          {...shared}
          value={typeof value === "number" ? value : null}
          description={now}
          onChange={(minor) => onChange(minor ?? undefined)}
        />
      );
    case "count":
    case "number":
      return (
        <NumberInput
          {...shared}
          hideControls
          allowDecimal={property.type === "number"}
          value={typeof value === "number" ? value : ""}
          description={now}
          onChange={(typed) => onChange(typed === "" ? undefined : Number(typed))}
        />
      );
    case "boolean":
      return (
        <Select
          {...shared}
          clearable
          value={typeof value === "boolean" ? String(value) : null}
          onChange={(chosen) => onChange(chosen === null ? undefined : chosen === "true")}
          data={[
            { value: "true", label: common("yes") },
            { value: "false", label: common("no") },
          ]}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          value={value === undefined || value === null ? "" : String(value)}
          onChange={(change) => {
            const typed = change.currentTarget.value;
            onChange(
              typed === ""
                ? undefined
                : typeof value === "number" && /^-?\d+([.]\d+)?$/.test(typed)
                  ? Number(typed)
                  : typed,
            );
          }}
        />
      );
  }
}

const without = (message: Message): Message =>
  Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
