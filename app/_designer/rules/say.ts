import { joined } from "@/core/gaps";
import { behaviourName } from "@/core/rules/fields";
import type { Behaviour, Leaf, Operand, Rule } from "@/core/rules/rule";
import type { Locale } from "@/core/text";
import { money } from "../money";
import type { Shelf } from "../shelf";
import { type Field, fieldAt, fieldsIn } from "./fields";
import { nameOf, OPERATORS } from "./operators";
import { isRule } from "./read";

type Reader = Pick<Shelf, "locale" | "currency" | "offers" | "stores" | "tiers">;
const JOIN: Record<
  Locale,
  {
    all: string;
    any: string;
    not: (inner: string) => string;
    unfinished: string;
    anyone: string;
    yes: string;
    no: string;
  }
> = {
  en: {
    all: " and ",
    any: " or ",
    not: (inner) => `not (${inner})`,
    unfinished: "…",
    anyone: "always",
    yes: "yes",
    no: "no",
  },
  "zh-CN": {
    all: "且",
    any: "或",
    not: (inner) => `非（${inner}）`,
    unfinished: "…",
    anyone: "始终",
    yes: "是",
    no: "否",
  },
};

/** A rule in plain words, short enough for a card. */
export function sayRule(value: unknown, reader: Reader): string {
  return isRule(value) ? say(value, reader, 0) : JOIN[reader.locale].unfinished;
}

function say(rule: Rule, reader: Reader, depth: number): string {
  const words = JOIN[reader.locale];
  if ("all" in rule || "any" in rule) {
    const parts = "all" in rule ? rule.all : rule.any;
    if (parts.length === 0) return words.anyone;
    const word = "all" in rule ? words.all : words.any;
    const said = joined(
      ...parts.map((part) => say(part, reader, depth + 1)).flatMap((part, i) => (i === 0 ? part : [word, part])),
    );
    return depth > 0 && parts.length > 1 ? (reader.locale === "en" ? `(${said})` : `（${said}）`) : said;
  }
  if ("not" in rule) return words.not(say(rule.not, reader, 0));
  return "did" in rule ? sayBehaviour(rule, reader) : sayLeaf(rule, reader);
}

function sayLeaf(leaf: Leaf, reader: Reader): string {
  const field = fieldNamed(leaf.field);
  const { arity } = OPERATORS[leaf.is];
  const name = nameOf(leaf.is, field);
  const subject = reader.locale === "en" ? field.name.en.toLowerCase() : field.name["zh-CN"];
  return inRow(reader.locale, subject, ...predicate());

  function predicate(): string[] {
    const verb = name[reader.locale];
    if (arity === "none") return [verb];
    const [before = "", ...behind] = verb.split("…").map((part) => part.trim());
    if (arity === "days") return [before, String(leaf.value ?? "…"), ...behind];
    if (arity !== "two") return [before, sayOperand(leaf.value, field, reader), ...behind];
    const [from, to] = endsOf(leaf.value, field, reader);
    return [before, from, behind[0] ?? "", to];
  }
}

/** Words one behind the other, as the language sets them apart. */
const inRow = (locale: Locale, ...words: string[]): string =>
  locale === "en" ? words.filter((word) => word !== "").join(" ") : joined(...words);

/** Both ends of “between”; the one that is not told yet is “…”. */
function endsOf(value: Operand | undefined, field: Field, reader: Reader): [from: string, to: string] {
  const [from = "", to = ""] = Array.isArray(value) ? value : [];
  return [sayLiteral(from, field, reader), sayLiteral(to, field, reader)];
}

function sayOperand(value: Operand | undefined, field: Field, reader: Reader): string {
  if (value === undefined) return JOIN[reader.locale].unfinished;
  if (Array.isArray(value))
    return value.map((one) => sayLiteral(one, field, reader)).join(reader.locale === "en" ? ", " : "、");
  if (typeof value === "object") {
    const other = fieldNamed(value.field);
    return reader.locale === "en"
      ? `the ${ofWhat(other, "en")}${other.name.en.toLowerCase().replace(/^all /, "")}`
      : `${ofWhat(other, "zh-CN")}${other.name["zh-CN"]}`;
  }
  return sayLiteral(value, field, reader);
}

const ofWhat = (field: Field, locale: Locale): string =>
  field.of !== "entry" ? "" : locale === "en" ? "entry's " : "触发事件的";

function sayLiteral(value: string | number | boolean, field: Field, reader: Reader): string {
  if (typeof value === "boolean") return value ? JOIN[reader.locale].yes : JOIN[reader.locale].no;
  if (field.type === "money" && typeof value === "number") return money(value, reader.currency, reader.locale);
  if (typeof value === "number") return new Intl.NumberFormat(reader.locale).format(value);
  if (field.refers === "offer") return reader.offers.find((offer) => offer.id === value)?.name ?? value;
  if (field.refers === "tier") return reader.tiers.find((tier) => tier.id === value)?.name ?? value;
  if (field.refers === "store") return reader.stores.find((store) => store.id === value)?.name ?? value;
  return (
    field.options?.find((option) => option.value === value)?.name[reader.locale] ??
    (value === "" ? JOIN[reader.locale].unfinished : value)
  );
}

function sayBehaviour({ did, measure, is, value, days }: Behaviour, reader: Reader): string {
  const event = behaviourName(did)[reader.locale];
  const amount =
    measure === "amount"
      ? money(value, reader.currency, reader.locale)
      : new Intl.NumberFormat(reader.locale).format(value);
  if (reader.locale === "en") {
    const much =
      measure === "amount"
        ? `${is === "gte" ? "at least" : "less than"} ${amount}`
        : is === "lt" && value === 1
          ? "never"
          : `${is === "gte" ? "at least" : "fewer than"} ${amount}×`;
    return `${event.toLowerCase()} ${much}${days ? ` in ${days} days` : ""}`;
  }
  const much =
    measure === "amount"
      ? `${is === "gte" ? "满" : "不足"} ${amount}`
      : is === "lt" && value === 1
        ? "从未发生"
        : `${is === "gte" ? "至少" : "少于"} ${amount} 次`;
  return joined(days ? `近 ${days} 天` : "", event, much);
}

/** On a card the event behind `event.` is not at hand: its properties are looked for in the whole catalogue. */
const described = new Map<string, Field>();
export function fieldNamed(path: string): Field {
  const known = described.get(path);
  if (known) return known;
  const [of, ...rest] = path.split(".");
  let field = fieldAt(path, {});
  if (of === "event" || of === "entry")
    for (const event of EVENTS_BY_USE) {
      const found = fieldsIn({ [of]: event }).find((one) => one.path === path);
      if (found) {
        field = found;
        break;
      }
    }
  if (rest.length > 0) described.set(path, field);
  return field;
}

const EVENTS_BY_USE = [
  "order_paid",
  "coupon_redeemed",
  "points_earned",
  "store_visit",
  "check_in",
  "page_viewed",
  "cart_updated",
  "message_clicked",
  "survey_answered",
  "complaint_opened",
  "segment_entered",
  "order_refunded",
];
