import { eventKind } from "../events/catalogue";
import { eventName } from "../events/event-name";
import type { Property } from "../events/property";
import type { Text } from "../text";
import { namedCoupon } from "./coupons-of";
import { isMemberField, type MemberField } from "./found";
import type { Operator } from "./rule";

/** What a field holds, as an author sees it. `untyped`: only known when a value comes. */
export type FieldValue = "text" | "choice" | "number" | "money" | "boolean" | "date" | "instant" | "list" | "untyped";

export type Field = {
  path: string;
  holds: FieldValue;
  name: Text;
  /** Values to choose from; others may be typed. */
  options?: readonly { value: string; label: Text }[];
  /** What a text or list names, so that a form can offer those that exist. */
  refers?: Property["refers"] | "tag";
};

/** What a rule may read where it stands: the event in question and the one that started the run, by name. */
export type Scope = { event?: string; entry?: string; coupons?: boolean };

const PRESENCE = ["exists", "not_exists"] as const satisfies Operator[];
const ORDER = ["gte", "gt", "lte", "lt", "between"] as const satisfies Operator[];
const TIME = ["before", "after", "between", "within_days", "not_within_days"] as const satisfies Operator[];

/** The operators that make sense for each kind of value, the likeliest first. */
export const OPERATORS: Record<FieldValue, readonly Operator[]> = {
  text: ["eq", "ne", "in", "not_in", "contains", "not_contains", "starts_with", ...PRESENCE],
  choice: ["eq", "ne", "in", "not_in", ...PRESENCE],
  number: [...ORDER, "eq", "ne", ...PRESENCE],
  money: [...ORDER, "eq", "ne", ...PRESENCE],
  boolean: ["eq", "ne", ...PRESENCE],
  date: ["eq", "ne", ...TIME, ...PRESENCE],
  instant: [...TIME, ...PRESENCE],
  list: ["contains", "not_contains", "in", "not_in", ...PRESENCE],
  untyped: [
    "eq",
    "ne",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "starts_with",
    ...ORDER,
    "before",
    "after",
    "within_days",
    "not_within_days",
    ...PRESENCE,
  ],
};

/** What is known of a path. Paths below event, entry and member.attributes that no catalogue knows are untyped; undefined = no such field. */
export function fieldAt(path: string, { event, entry }: Scope = {}): Field | undefined {
  const dot = path.indexOf(".");
  const [room, rest] = [path.slice(0, dot), path.slice(dot + 1)];
  const untyped: Field = { path, holds: "untyped", name: { en: rest, "zh-CN": rest } };
  switch (room) {
    case "member":
      if (isMemberField(rest)) return { path, ...MEMBER[rest] };
      if (!rest.startsWith("attributes.")) return undefined;
      return { ...untyped, name: { en: rest.slice(11), "zh-CN": rest.slice(11) } };
    case "event":
    case "entry":
      return (
        fieldsOfEvent(room, (room === "event" ? event : entry) ?? "").find((field) => field.path === path) ?? untyped
      );
    case "answer": {
      const key = rest.replace(/^of\.[^.]+\./, "");
      return { ...untyped, name: { en: key, "zh-CN": key } };
    }
    case "here": {
      const name = HERE[rest] ?? t(rest.replace(/^answer\./, ""), rest.replace(/^answer\./, ""));
      return { ...untyped, name };
    }
    case "coupon":
      return couponField(path);
    default:
      return undefined;
  }
}

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/** What `did` of a behaviour may name besides every event: what the projection derives (rules.md: visit, purchase). */
const DERIVED = new Map([
  ["purchase", t("Purchase", "购买")],
  ["visit", t("Visit", "到店")],
]);

/** What is called done: an event, or what the projection derives of several. */
export const behaviourName = (did: string): Text => DERIVED.get(did) ?? eventName(did);

const option = (value: string, en: string, zh: string) => ({ value, label: t(en, zh) });

const MEMBER: Record<MemberField, Omit<Field, "path">> = {
  tier: {
    holds: "choice",
    name: t("Tier", "等级"),
    refers: "tier",
    options: [
      option("basic", "Basic", "普通"),
      option("silver", "Silver", "银卡"),
      option("gold", "Gold", "金卡"),
      option("platinum", "Platinum", "白金卡"),
    ],
  },
  tags: { holds: "list", name: t("Tags", "标签"), refers: "tag" },
  coupons: { holds: "list", name: t("Usable coupons", "可用优惠券"), refers: "offer" },
  points: { holds: "number", name: t("Points", "积分") },
  spent: { holds: "money", name: t("Spent in all", "累计消费") },
  orders: { holds: "number", name: t("Orders", "订单数") },
  last_order_at: { holds: "instant", name: t("Last order", "最近下单") },
  first_order_at: { holds: "instant", name: t("First order", "首次下单") },
  visits: { holds: "number", name: t("Visits", "到店次数") },
  last_visit_at: { holds: "instant", name: t("Last visit", "最近到店") },
  last_seen_at: { holds: "instant", name: t("Last seen", "最近活跃") },
  joined_at: { holds: "instant", name: t("Joined", "入会时间") },
  joined_store: { holds: "text", name: t("Joined at store", "入会门店"), refers: "store" },
  birthday: { holds: "date", name: t("Birthday", "生日") },
  gender: {
    holds: "choice",
    name: t("Gender", "性别"),
    options: [option("female", "Female", "女"), option("male", "Male", "男"), option("other", "Other", "其他")],
  },
  name: { holds: "text", name: t("Name", "姓名") },
  phone: { holds: "text", name: t("Phone", "手机号") },
  email: { holds: "text", name: t("Email", "邮箱") },
  locale: {
    holds: "text",
    name: t("Language", "语言"),
    options: [option("zh-CN", "Chinese", "中文"), option("en", "English", "英文")],
  },
  time_zone: { holds: "text", name: t("Time zone", "时区") },
  is_anonymous: { holds: "boolean", name: t("Anonymous", "匿名") },
  id: { holds: "text", name: t("Member id", "会员编号") },
};

/** What a node that waits for its own outcome asks; no author writes these. */
const HERE: Record<string, Text> = {
  message: t("This step's message", "本步骤的消息"),
  task: t("This step's task", "本步骤的待办"),
  call: t("This step's call", "本步骤的调用"),
};

const COUPON: Record<string, Field> = Object.fromEntries(
  (
    [
      { path: "coupon.ids", holds: "list", name: t("Coupons of this run", "本次发放的所有优惠券") },
      { path: "coupon.id", holds: "text", name: t("Latest coupon", "最近发放的优惠券") },
      { path: "coupon.code", holds: "text", name: t("Its code", "其券码") },
      { path: "coupon.offer", holds: "text", name: t("Its offer", "其优惠"), refers: "offer" },
      { path: "coupon.name", holds: "text", name: t("Its name", "其名称") },
      { path: "coupon.expires_at", holds: "instant", name: t("Its expiry", "其到期时间") },
    ] satisfies Field[]
  ).map((field) => [field.path, field]),
);

/** A coupon that a node is named for: its last, or the one at a place. */
function couponField(path: string): Field | undefined {
  const named = namedCoupon(path);
  if (!named) return COUPON[path];
  const known = COUPON[`coupon.${named.name}`];
  if (!known || (named.name === "ids" && named.place !== undefined)) return undefined;
  const { node, place } = named;
  const which = t(
    `${place === undefined ? "" : ` ${place}`} of “${node}”`,
    `“${node}”发放的${place === undefined ? "" : `第 ${place} 张`}`,
  );
  return { ...known, path, name: OF_NODE[named.name]?.(which) ?? known.name };
}

const OF_NODE: Record<string, (which: Text) => Text> = {
  ids: (which) => t(`Coupons${which.en}`, `${which["zh-CN"]}所有优惠券`),
  id: (which) => t(`Coupon${which.en}`, `${which["zh-CN"]}优惠券`),
  code: (which) => t(`Code of coupon${which.en}`, `${which["zh-CN"]}券码`),
  offer: (which) => t(`Offer of coupon${which.en}`, `${which["zh-CN"]}优惠券的优惠`),
  name: (which) => t(`Name of coupon${which.en}`, `${which["zh-CN"]}优惠券的名称`),
  expires_at: (which) => t(`Expiry of coupon${which.en}`, `${which["zh-CN"]}优惠券的到期时间`),
};

const HOLDS: Record<Exclude<Property["type"], "items">, FieldValue> = {
  text: "text",
  money: "money",
  count: "number",
  number: "number",
  boolean: "boolean",
  instant: "instant",
  date: "date",
  list: "list",
};
/** Of order lines a rule sees each property as the list over all lines. */
const ITEM: Record<string, Text> = {
  category: t("Categories bought", "商品品类"),
  product_id: t("Products bought", "商品编号"),
  sku: t("SKUs bought", "商品 SKU"),
  name: t("Names of products", "商品名称"),
  brand: t("Brands bought", "商品品牌"),
};

function fieldsOfEvent(room: "event" | "entry", event: string): Field[] {
  const fields = Object.entries(eventKind(event)?.properties ?? {}).flatMap(
    ([key, { type, name, options, refers }]): Field[] => {
      const path = `${room}.${key}`;
      if (type === "items")
        return Object.entries(ITEM).map(([property, label]) => ({
          path: `${path}.${property}`,
          holds: "list",
          name: label,
        }));
      const holds = options ? "choice" : HOLDS[type];
      return [
        {
          path,
          holds,
          name,
          ...(options && { options: options.map((value) => option(value, value, value)) }),
          ...(refers && { refers }),
        },
      ];
    },
  );
  return [...fields, { path: `${room}.occurred_at`, holds: "instant", name: t("Time it happened", "发生时间") }];
}
