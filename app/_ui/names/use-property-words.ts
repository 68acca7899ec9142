"use client";
import { useFormatter, useLocale, useMessages } from "use-intl";
import { eventKind } from "@/core/events/catalogue";
import { toMinor } from "@/core/events/money";
import { isDecimal } from "@/core/events/read-properties";
import { valueName } from "@/core/events/value-names";
import { useMoney } from "../loyalty/money";
import { INSTANT } from "../time/instant";
import { useWorkspace } from "../workspace";
import { languageName } from "./language-name";
import { usePlaceNames } from "./use-place-names";

/** How an event's properties are called and written, by the catalogue where it knows them. */
export function usePropertyWords(event: string): {
  /** The properties that tell something: an amount that Segment's word tells as well stands once, with its currency. */
  toldBy(values: object): [property: string, value: unknown][];
  nameOf(property: string): string;
  write(property: string, value: unknown): string;
} {
  const locale = useLocale();
  const format = useFormatter();
  const money = useMoney();
  const { currency } = useWorkspace();
  // Not by translators: they would be made anew for each line of a list.
  const { traits, common } = useMessages();
  const placeName = usePlaceNames();
  const known = eventKind(event)?.properties ?? {};
  const said = (is: boolean) => (is ? common.yes : common.no);
  const each = (value: object): string =>
    Object.entries(value)
      .map(([name, one]) => `${name}: ${typeof one === "boolean" ? said(one) : JSON.stringify(one)}`)
      .join(", ");
  return {
    toldBy: (values) => {
      const amount = "amount" in values ? values.amount : undefined;
      return Object.entries(values).filter(
        ([word, value]) => !(isDecimal(word, false) && amount !== undefined && toMinor(value, currency) === amount),
      );
    },
    nameOf: (property) =>
      known[property]?.name[locale] ??
      (Object.hasOwn(traits, property) ? traits[property as keyof typeof traits] : property),
    write: (property, value) => {
      const type = known[property]?.type;
      // What has decimals is no amount in minor units: it stands as it was sent.
      if (type === "money" && Number.isSafeInteger(value)) return money(Number(value));
      if (type === "instant" && typeof value === "string" && !Number.isNaN(Date.parse(value)))
        return format.dateTime(new Date(value), INSTANT);
      if (Array.isArray(value)) return value.map((item) => titleOf(item)).join(locale === "zh-CN" ? "、" : ", ");
      if (typeof value === "boolean") return said(value);
      if (property === "locale" && typeof value === "string") return languageName(value, locale);
      if (typeof value === "string") return valueName(property, value)?.[locale] ?? placeName(property, value) ?? value;
      return typeof value === "object" && value !== null ? each(value) : String(value);
    },
  };
}

/** What an order's item is called. */
function titleOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const {
    name,
    sku,
    product_id,
    quantity,
  }: { name?: unknown; sku?: unknown; product_id?: unknown; quantity?: unknown } = item;
  const title = [name, sku, product_id].find((one) => typeof one === "string");
  return `${title ?? "…"}${typeof quantity === "number" && quantity !== 1 ? ` × ${quantity}` : ""}`;
}
