import { DAY_PATTERN, INSTANT_PATTERN } from "../time/day";
import { type Fragment, fragment, joined, words } from "./fragment";
import { orderSql, type SqlContext } from "./order-sql";
import type { Literal, Operator } from "./rule";

/**
 * A leaf over an attribute, whose type is what its JSON value is. CASE guards each cast, because Postgres may otherwise
 * cast before it has looked at the type.
 */
export function attributeSql(
  attribute: string,
  is: Operator,
  value: Literal | Literal[] | undefined,
  context: SqlContext,
): Fragment {
  const a = fragment`(m.attributes -> ${attribute}::text)`;
  const type = fragment`jsonb_typeof${a}`;
  const text = fragment`(m.attributes ->> ${attribute}::text)`;
  const isPresent = fragment`COALESCE(${type} <> 'null' AND ${a} NOT IN ('""', '[]'), FALSE)`;
  const pieces = Array.isArray(value) ? value : value === undefined ? [] : [value];
  switch (is) {
    case "exists":
      return isPresent;
    case "eq":
      return Array.isArray(value) || value === undefined
        ? words("FALSE")
        : fragment`(${isPresent} AND ${a} = ${JSON.stringify(value)}::jsonb)`;
    case "in":
      if (!Array.isArray(value)) return attributeSql(attribute, "eq", value, context);
      return fragment`(${isPresent} AND EXISTS (SELECT 1 FROM jsonb_array_elements(CASE ${type} WHEN 'array' THEN ${a} ELSE jsonb_build_array(${a}) END) e
        WHERE e = ANY(${pieces.map((one) => JSON.stringify(one))}::jsonb[])))`;
    case "contains":
      return fragment`CASE ${type} WHEN 'array' THEN ${everyItem(a, pieces)} WHEN 'string' THEN ${everyPiece(isPresent, text, pieces)} ELSE FALSE END`;
    case "starts_with":
      return typeof value === "string"
        ? fragment`(${isPresent} AND ${type} = 'string' AND starts_with(${text}, ${value}::text))`
        : words("FALSE");
    default: {
      const order = (scale: "number" | "date" | "instant", cast: string) =>
        orderSql(fragment`${text}::${words(cast)}`, scale, is, value, context);
      return fragment`CASE
        WHEN ${type} = 'number' THEN ${order("number", "float8")}
        WHEN ${type} = 'string' AND ${text} ~ ${DAY_PATTERN} AND pg_input_is_valid(${text}, 'date') THEN ${order("date", "date")}
        WHEN ${type} = 'string' AND ${text} ~ ${INSTANT_PATTERN} AND pg_input_is_valid(${text}, 'timestamptz') THEN ${order("instant", "timestamptz")}
        ELSE FALSE END`;
    }
  }
}

const everyItem = (a: Fragment, pieces: Literal[]): Fragment =>
  joined(
    pieces.map(
      (piece) =>
        fragment`EXISTS (SELECT 1 FROM jsonb_array_elements(${a}) e WHERE e = ${JSON.stringify(piece)}::jsonb)`,
    ),
    "AND",
    "FALSE",
  );

const everyPiece = (isPresent: Fragment, text: Fragment, pieces: Literal[]): Fragment =>
  fragment`(${isPresent} AND ${joined(
    pieces.map((piece) =>
      typeof piece === "string" ? fragment`position(${piece}::text IN ${text}) > 0` : words("FALSE"),
    ),
    "AND",
    "FALSE",
  )})`;
