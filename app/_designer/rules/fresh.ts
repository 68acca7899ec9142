import type { Behaviour, Leaf, Literal, Operand, Operator } from "@/core/rules/rule";
import type { Field } from "./fields";
import { OPERATORS, operatorsFor } from "./operators";

/** A new condition on a field: its likeliest comparison, its value still to be told. */
export const freshLeaf = (field: Field): Leaf => {
  const is = operatorsFor(field)[0] ?? "eq";
  return field.type === "boolean" ? { field: field.path, is, value: true } : { field: field.path, is };
};

export const FRESH_BEHAVIOUR: Behaviour = { did: "order_paid", measure: "count", is: "gte", value: 1, days: 30 };

/** Another comparison of the same field, keeping as much of the value as still fits. */
export function withOperator(leaf: Leaf, is: Operator): Leaf {
  const value = refit(leaf.value, OPERATORS[leaf.is].arity, OPERATORS[is].arity);
  return { field: leaf.field, is, ...(value !== undefined && { value }) };
}

function refit(value: Operand | undefined, was: string, now: string): Operand | undefined {
  if (value === undefined || now === "none" || (was === "days") !== (now === "days")) return undefined;
  const list: Literal[] = Array.isArray(value) ? value : typeof value === "object" ? [] : [value];
  if (now === "two") return list.length > 2 ? undefined : pairOf(endOf(list[0]), endOf(list[1]));
  if (now === "many") return told(list);
  return Array.isArray(value) ? told(list)?.[0] : value;
}

const told = (list: Literal[]): Literal[] | undefined => {
  const some = list.filter((one) => one !== UNTOLD);
  return some.length > 0 ? some : undefined;
};

/** In a document, the start of a span whose end is told already. */
const UNTOLD = "";

/** The two ends of “between”, each by itself: what is told of one says nothing of the other. Undefined where neither is. */
export const pairOf = (from: Literal | undefined, to: Literal | undefined): Literal[] | undefined =>
  to !== undefined ? [from ?? UNTOLD, to] : from !== undefined ? [from] : undefined;

/** An end as it is told so far. */
export const endOf = (value: Literal | undefined): Literal | undefined => (value === UNTOLD ? undefined : value);
