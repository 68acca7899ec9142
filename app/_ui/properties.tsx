"use client";
import { useFormatter, useLocale } from "use-intl";
import { eventKind } from "@/core/events/catalogue";
import { useMoney } from "./loyalty/money";
import classes from "./properties.module.css";

const MOST = 6;

/** An event's properties in one quiet line: named and written by the catalogue where it knows them. */
export function Properties({ event, values }: { event: string; values: unknown }) {
  const locale = useLocale();
  const format = useFormatter();
  const money = useMoney();
  if (typeof values !== "object" || values === null) return null;
  const known = eventKind(event)?.properties ?? {};
  const shown = Object.entries(values)
    .filter(([, value]) => value !== null && value !== "")
    .slice(0, MOST);
  const write = (name: string, value: unknown): string => {
    const type = known[name]?.type;
    if (type === "money" && typeof value === "number") return money(value);
    if (type === "instant" && typeof value === "string")
      return format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" });
    if (Array.isArray(value)) return value.map((item) => nameOf(item)).join("、");
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  if (shown.length === 0) return null;
  return (
    <span className={classes.line}>
      {shown.map(([name, value]) => (
        <span key={name} className={classes.pair}>
          <span>{known[name]?.name[locale] ?? name}</span> {write(name, value)}
        </span>
      ))}
    </span>
  );
}

/** What an order's item is called. */
function nameOf(item: unknown): string {
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
