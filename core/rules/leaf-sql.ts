import { dayOf } from "../time/day";
import { attributeSql } from "./attribute-sql";
import { isMemberField, MEMBER_FIELDS, type MemberField, type Nature } from "./found";
import { type Fragment, fragment, joined, words } from "./fragment";
import { orderSql, point, type SqlContext } from "./order-sql";
import type { Leaf, Literal, Operator } from "./rule";
import { wantedSpan } from "./span";

/** Where each typed field stands; empty texts count as missing, as `evaluate` has it. Tags and coupons have their own tables. */
const COLUMNS: Record<Exclude<MemberField, "tags" | "coupons" | "points">, string> = {
  id: "m.id::text",
  is_anonymous: "m.is_anonymous",
  name: "NULLIF(m.name, '')",
  phone: "NULLIF(m.phone, '')",
  email: "NULLIF(m.email, '')",
  locale: "NULLIF(m.locale, '')",
  time_zone: "NULLIF(m.time_zone, '')",
  birthday: "m.birthday",
  gender: "NULLIF(m.gender, '')",
  tier: "NULLIF(m.tier, '')",
  joined_at: "m.joined_at",
  joined_store: "m.joined_store_id::text",
  orders: "m.orders",
  spent: "m.spent",
  first_order_at: "m.first_order_at",
  last_order_at: "m.last_order_at",
  visits: "m.visits",
  last_visit_at: "m.last_visit_at",
  last_seen_at: "m.last_seen_at",
};
const NO = words("FALSE");

/** One leaf over `member m`, never NULL: what is missing makes comparisons false and their negations true. */
export function leafSql(leaf: Leaf, context: SqlContext): Fragment {
  const name = leaf.field.slice("member.".length);
  const value = typeof leaf.value === "object" && !Array.isArray(leaf.value) ? undefined : leaf.value;
  const negated = POSITIVE[leaf.is];
  if (negated) return fragment`NOT ${leafSql({ ...leaf, is: negated }, context)}`;
  if (name.startsWith("attributes.")) return attributeSql(name.slice("attributes.".length), leaf.is, value, context);
  if (!isMemberField(name)) return NO;
  if (name === "tags") return tagsSql(leaf.is, value, context);
  if (name === "coupons") return couponsSql(leaf.is, value, context);
  const column =
    name === "points"
      ? fragment`COALESCE((SELECT p.balance FROM points_account p WHERE p.workspace_id = ${context.workspace}::uuid AND p.member_id = m.id), 0)`
      : words(COLUMNS[name]);
  return fragment`COALESCE(${columnSql(column, MEMBER_FIELDS[name][0], leaf.is, value, context)}, FALSE)`;
}

/** The negations that are true for a missing value; `not_within_days` is not one of them. */
const POSITIVE: Partial<Record<Operator, Operator>> = {
  ne: "eq",
  not_in: "in",
  not_contains: "contains",
  not_exists: "exists",
};

type Wanted = Literal | Literal[] | undefined;

function columnSql(column: Fragment, nature: Nature, is: Operator, value: Wanted, context: SqlContext): Fragment {
  switch (is) {
    case "exists":
      return fragment`${column} IS NOT NULL`;
    case "eq":
      return equalSql(column, nature, value, context.zone);
    case "in":
      return joined(
        (Array.isArray(value) ? value : [value]).map((one) => equalSql(column, nature, one, context.zone)),
        "OR",
        "FALSE",
      );
    case "contains":
    case "starts_with": {
      const pieces = Array.isArray(value) ? value : [value];
      const text = nature === "date" ? fragment`to_char(${column}, 'YYYY-MM-DD')` : column;
      if ((nature !== "text" && nature !== "date") || (is === "starts_with" && Array.isArray(value))) return NO;
      return joined(
        pieces.map((piece) =>
          typeof piece !== "string"
            ? NO
            : is === "contains"
              ? fragment`position(${piece}::text IN ${text}) > 0`
              : fragment`starts_with(${text}, ${piece}::text)`,
        ),
        "AND",
        "FALSE",
      );
    }
    default: {
      const scale = nature === "number" || nature === "date" || nature === "instant" ? nature : undefined;
      return scale ? orderSql(column, scale, is, value, context) : NO;
    }
  }
}

function equalSql(column: Fragment, nature: Nature, value: Wanted, zone: string): Fragment {
  if (Array.isArray(value) || value === undefined) return NO;
  switch (nature) {
    case "text":
      return typeof value === "string" ? fragment`${column} = ${value}::text` : NO;
    case "boolean":
      return typeof value === "boolean" ? fragment`${column} = ${value}::boolean` : NO;
    case "number":
    case "date":
    case "instant": {
      const span = wantedSpan(value, nature, zone);
      return span
        ? fragment`(${column} >= ${point(nature, span.from)} AND ${column} <= ${point(nature, span.last)})`
        : NO;
    }
    default:
      return NO;
  }
}

/**
 * Keeps an EXISTS a look per member. As a condition among others it would become a join, and by Postgres's guess of how few members the others
 * leave a nested one: a million members without a common tag were not through in half a minute.
 */
const EACH = words(" OFFSET 0");

/** Reads by the primary key of `member_tag` (workspace, member, tag). */
function tagsSql(is: Operator, value: Wanted, { workspace }: SqlContext): Fragment {
  return listSql(
    is,
    value,
    words("t.tag"),
    (which) =>
      fragment`EXISTS (SELECT 1 FROM member_tag t WHERE t.workspace_id = ${workspace}::uuid AND t.member_id = m.id${which}${EACH})`,
  );
}

/** Reads by coupon_member; a fixed offer's first day begins at the workspace's midnight. */
function couponsSql(is: Operator, value: Wanted, { workspace, asOf, zone }: SqlContext): Fragment {
  const now = point("instant", asOf);
  return listSql(
    is,
    value,
    words("c.offer_id::text"),
    (
      which,
    ) => fragment`EXISTS (SELECT 1 FROM coupon c JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
      WHERE c.workspace_id = ${workspace}::uuid AND c.member_id = m.id AND c.state = 'issued' AND (c.expires_at IS NULL OR c.expires_at >= ${now})
        AND COALESCE(o.terms -> 'validity' ->> 'from', '') COLLATE "C" <= ${dayOf(asOf, zone)}::text${which}${EACH})`,
  );
}

/** A list whose items are rows: `has` finds one for which a condition on `item` holds. */
function listSql(is: Operator, value: Wanted, item: Fragment, has: (which: Fragment) => Fragment): Fragment {
  const pieces = Array.isArray(value) ? value : [value];
  switch (is) {
    case "exists":
      return has(words(""));
    case "contains":
      return joined(
        pieces.map((piece) => (typeof piece === "string" ? has(fragment` AND ${item} = ${piece}::text`) : NO)),
        "AND",
        "FALSE",
      );
    case "in":
      return Array.isArray(value)
        ? has(fragment` AND ${item} = ANY(${value.filter((one) => typeof one === "string")}::text[])`)
        : NO;
    default:
      return NO;
  }
}
