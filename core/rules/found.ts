import { couponsOf, couponsOfRun, namedCoupon } from "./coupons-of";
import type { CouponFacts, EventFacts, Facts, MemberFacts } from "./facts";

/** How a value compares: typed fields by their type, the rest by what the value is. Money, numbers and points are all `number`. */
export type Nature = "text" | "number" | "boolean" | "date" | "instant" | "list" | "untyped";

/** A field's value in these facts; `undefined` when missing. Missing is absent, null, an empty text or an empty list. */
export type Found = { value: unknown; nature: Nature };

const MISSING: Found = { value: undefined, nature: "untyped" };

/** What a field path names, read from the facts. */
export function find(path: string, facts: Facts): Found {
  const dot = path.indexOf(".");
  const rest = path.slice(dot + 1);
  switch (path.slice(0, dot)) {
    case "member":
      return ofMember(rest, facts);
    case "event":
      return ofEvent(rest, facts.event);
    case "entry":
      return ofEvent(rest, facts.entry);
    case "coupon":
      return ofCoupon(rest, facts);
    case "answer":
      return ofAnswer(rest, facts);
    case "here":
      return ofHere(rest, facts);
    default:
      return MISSING;
  }
}

/** The member's typed fields: how each compares, and where it is. */
export const MEMBER_FIELDS = {
  id: ["text", (m) => m.id],
  is_anonymous: ["boolean", (m) => m.isAnonymous],
  name: ["text", (m) => m.name],
  phone: ["text", (m) => m.phone],
  email: ["text", (m) => m.email],
  locale: ["text", (m) => m.locale],
  time_zone: ["text", (m) => m.timeZone],
  birthday: ["date", (m) => m.birthday],
  gender: ["text", (m) => m.gender],
  tier: ["text", (m) => m.tier],
  joined_at: ["instant", (m) => m.joinedAt],
  joined_store: ["text", (m) => m.joinedStore],
  orders: ["number", (m) => m.orders],
  spent: ["number", (m) => m.spent],
  first_order_at: ["instant", (m) => m.firstOrderAt],
  last_order_at: ["instant", (m) => m.lastOrderAt],
  visits: ["number", (m) => m.visits],
  last_visit_at: ["instant", (m) => m.lastVisitAt],
  last_seen_at: ["instant", (m) => m.lastSeenAt],
  points: ["number", (m) => m.points],
  tags: ["list", (m) => m.tags],
  coupons: ["list", usableOffers],
} satisfies Record<string, [Nature, Read]>;
type Read = (member: MemberFacts, now: number) => unknown;
export type MemberField = keyof typeof MEMBER_FIELDS;
export const isMemberField = (name: string): name is MemberField => Object.hasOwn(MEMBER_FIELDS, name);

/** The offers of the coupons that can be used now, each once. */
function usableOffers({ coupons = [] }: MemberFacts, now: number): string[] {
  const usable = coupons.filter(
    ({ startsAt, expiresAt }) => (startsAt === null || startsAt <= now) && (expiresAt === null || now <= expiresAt),
  );
  return [...new Set(usable.map(({ offer }) => offer))];
}

function ofMember(name: string, { member, now }: Facts): Found {
  if (isMemberField(name)) {
    const [nature, read]: [Nature, Read] = MEMBER_FIELDS[name];
    return { value: present(read(member, now)), nature };
  }
  // The rest of the path is the attribute's whole name, as Postgres reads it too.
  if (!name.startsWith("attributes.")) return MISSING;
  const attribute = name.slice("attributes.".length);
  return {
    value: Object.hasOwn(member.attributes, attribute) ? present(member.attributes[attribute]) : undefined,
    nature: "untyped",
  };
}

function ofEvent(path: string, event: EventFacts | undefined): Found {
  if (!event) return MISSING;
  const value = present(walk(event.properties, path.split(".")));
  if (value === undefined && path === "occurred_at") return { value: event.occurredAt, nature: "instant" };
  return { value, nature: "untyped" };
}

/** Lists on the way are walked through: `items.category` is the list of the items' categories. */
export function walk(value: unknown, path: string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const all = value.flatMap((item) => walk(item, path)).filter((item) => present(item) !== undefined);
    return all.length > 0 ? all : undefined;
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return walk((value as Record<string, unknown>)[step], rest);
}

function ofCoupon(path: string, { vars = {} }: Facts): Found {
  const issued = couponsOfRun(vars);
  if (path === "ids") return { value: present(issued.map(({ id }) => id)), nature: "list" };
  const named = namedCoupon(path);
  if (!named) return ofOneCoupon(path, issued.at(-1));
  const own = Object.hasOwn(vars, named.node) ? couponsOf(vars[named.node]) : [];
  if (named.name === "ids") return { value: present(own.map(({ id }) => id)), nature: "list" };
  return ofOneCoupon(named.name, own.at(named.place === undefined ? -1 : named.place - 1));
}

function ofOneCoupon(name: string, coupon: CouponFacts | undefined): Found {
  if (!coupon) return MISSING;
  switch (name) {
    case "id":
    case "code":
    case "offer":
    case "name":
      return { value: present(coupon[name]), nature: "text" };
    case "expires_at":
      return { value: present(coupon.expiresAt), nature: "instant" };
    default:
      return MISSING;
  }
}

/** The latest answer of this run, or, as `answer.of.<node>.<path>`, that of one node. */
function ofAnswer(path: string, { vars = {} }: Facts): Found {
  const named = /^of\.([^.]+)\.(.+)$/.exec(path);
  const [node, rest] = named ? [named[1] ?? "", named[2] ?? ""] : [undefined, path];
  const answer =
    node === undefined
      ? Object.values(vars)
          .filter(({ answer }) => answer !== undefined)
          .sort((a, b) => a.order - b.order)
          .at(-1)?.answer
      : Object.hasOwn(vars, node)
        ? vars[node]?.answer
        : undefined;
  return { value: present(walk(answer, rest.split("."))), nature: "untyped" };
}

/** What the node that the run stands at has done itself. */
function ofHere(path: string, { vars = {}, node }: Facts): Found {
  const own = node !== undefined && Object.hasOwn(vars, node) ? vars[node] : undefined;
  return { value: present(walk(own, path.split("."))), nature: "untyped" };
}

const present = (value: unknown): unknown =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value;
