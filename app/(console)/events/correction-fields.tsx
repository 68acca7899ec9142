"use client";
import { NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES, eventKind } from "@/core/events/catalogue";
import { minorDigits, toMinor } from "@/core/events/money";
import type { Property } from "@/core/events/property";
import { isDecimal, sentWord } from "@/core/events/read-properties";
import { ourName } from "@/core/events/segment-names";
import { valueName } from "@/core/events/value-names";
import { useT } from "../../_i18n/use-t";
import { typedNumber } from "../../_ui/fields/typed-number";
import { useMoney } from "../../_ui/loyalty/money";
import { MoneyInput } from "../../_ui/loyalty/money-input";
import { useWorkspace } from "../../_ui/workspace";

type Message = Record<string, unknown>;
type Wrong = { path: string; says: string; inField?: string };

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
  const { name, isEcommerce } = ourName(said);
  const known = eventKind(name)?.properties ?? {};
  const properties: Message = Object(message.properties);
  const set = (change: Message) => onChange(without({ ...message, ...change }));
  const errorOf = (...place: string[]) => {
    const found = wrong.find(({ path }) => `${path}.`.startsWith(`message.${place.join(".")}.`));
    return found?.inField ?? found?.says;
  };
  /** Ours by the sender's words: what was said as `total` is corrected as `total`. */
  const ours = new Map(Object.keys(known).map((property) => [sentWord(property, isEcommerce, properties), property]));
  const required = [...ours].flatMap(([word, property]) => (known[property]?.required ? [word] : []));
  const shown = [...new Set([...required, ...Object.keys(properties)])];
  const more = [...ours].flatMap(([word, property]) =>
    !shown.includes(word) && FITS.has(known[property]?.type ?? "") ? [property] : [],
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
      {shown.map((word) => (
        <Field
          key={word}
          name={word}
          property={known[ours.get(word) ?? word]}
          isDecimal={isDecimal(word, isEcommerce) && ours.has(word)}
          value={properties[word]}
          error={errorOf("properties", word)}
          onChange={(value) => setProperty(word, value)}
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
  isDecimal: isInWhole,
  value,
  error,
  onChange,
}: {
  /** The sender's word. */
  name: string;
  property: Property | undefined;
  /** Money that was said in whole units. */
  isDecimal: boolean;
  value: unknown;
  error: string | undefined;
  onChange(value: unknown): void;
}) {
  const t = useT("letters");
  const common = useT("common");
  const locale = useLocale();
  const { currency } = useWorkspace();
  const money = useMoney();
  const label = property ? `${property.name[locale]}${isInWhole ? ` (${name})` : ""}` : name;
  const isSimple = typeof value !== "object" || value === null;
  if (!isSimple || (property && !FITS.has(property.type)))
    return (
      <Text size="sm" c={error ? "var(--tone-bad)" : "dimmed"}>
        {label}: {t("inJson")}
      </Text>
    );
  const shared = { label, error, "data-field": name };
  // What stands there and fits no field of its kind is shown beside it.
  const minor = minorOf(value, isInWhole, currency);
  const fits = property?.type === "money" ? minor !== null : typeof value === "number";
  const isMinor = property?.type === "money" && !isInWhole && Number.isSafeInteger(value);
  const written = isMinor ? money(Number(value)) : String(value);
  const now = value === undefined || value === "" || fits ? undefined : t("fieldNow", { value: written });
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
          value={minor}
          description={now}
          onChange={(typed) =>
            onChange(typed === null ? undefined : isInWhole ? typed / 10 ** minorDigits(currency) : typed)
          }
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
          onChange={(typed) => onChange(typedNumber(typed))}
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

/** What stands in a field of money, in minor units; null where it is no amount that could be typed there. */
function minorOf(value: unknown, isInWhole: boolean, currency: string): number | null {
  const minor = isInWhole ? toMinor(value, currency) : value;
  // What has decimals was meant in whole units: shown as a few fen it would look right.
  return typeof minor === "number" && Number.isSafeInteger(minor) && minor >= 0 ? minor : null;
}

const without = (message: Message): Message =>
  Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
