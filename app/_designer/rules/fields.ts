import { eventKind } from "@/core/events/catalogue";
import { spoken } from "@/core/events/event-name";
import type { Property } from "@/core/events/property";
import type { MemberField } from "@/core/rules/found";
import type { Text } from "@/core/text";
import type { Answering } from "./answers";
import type { Field, SeenIn } from "./field";
import { seenFields } from "./seen-fields";

export type { Field };

/**
 * Where a rule stands: the event it judges, the event that starts the run, the steps that issue coupons, with what their offers are called in
 * the order of issue, and the steps that are answered. `seen`: what the workspace's own data holds beyond the catalogue.
 */
export type RuleScope = {
  event?: string;
  entry?: string;
  /** `given`: the offers' ids. */
  coupons?: { node: string; title: string; offers?: string[]; given?: string[] }[];
  answers?: Answering[];
  /** Those that steps of the journey give and take. */
  tags?: string[];
  seen?: SeenIn;
};

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });
const GENDERS = [
  { value: "female", name: t("female", "女") },
  { value: "male", name: t("male", "男") },
];
type Known = { name: Text; type: Field["type"]; refers?: Field["refers"]; options?: Field["options"] };

const MEMBER: Record<MemberField, Known> = {
  tier: { name: t("Tier", "等级"), type: "text", refers: "tier" },
  tags: { name: t("Tags", "标签"), type: "list", refers: "tag" },
  coupons: { name: t("Usable coupons", "可用优惠券"), type: "list", refers: "offer" },
  points: { name: t("Points", "积分"), type: "count" },
  orders: { name: t("Number of orders", "订单数"), type: "count" },
  spent: { name: t("Total spent", "累计消费"), type: "money" },
  visits: { name: t("Number of visits", "到店次数"), type: "count" },
  last_order_at: { name: t("Last order", "最近下单"), type: "instant" },
  first_order_at: { name: t("First order", "首次下单"), type: "instant" },
  last_visit_at: { name: t("Last visit", "最近到店"), type: "instant" },
  last_seen_at: { name: t("Last seen", "最近活跃"), type: "instant" },
  joined_at: { name: t("Joined", "入会时间"), type: "instant" },
  joined_store: { name: t("Joined at store", "入会门店"), type: "text", refers: "store" },
  birthday: { name: t("Birthday", "生日"), type: "date" },
  gender: { name: t("Gender", "性别"), type: "text", options: GENDERS },
  name: { name: t("Name", "姓名"), type: "text" },
  phone: { name: t("Phone", "手机号"), type: "text" },
  email: { name: t("Email", "邮箱"), type: "text" },
  locale: { name: t("Language", "语言"), type: "text" },
  time_zone: { name: t("Time zone", "时区"), type: "text" },
  is_anonymous: { name: t("Anonymous", "匿名"), type: "boolean" },
  id: { name: t("Member id", "会员编号"), type: "text" },
};

/** What the catalogue's own choices are called. */
const OPTIONS: Record<string, Text> = {
  store: t("store", "门店"),
  online: t("online", "线上"),
  added: t("added", "新增"),
  removed: t("removed", "移除"),
  updated: t("updated", "变更"),
  approved: t("approved", "通过"),
  rejected: t("rejected", "驳回"),
  allow: t("allow", "放行"),
  hold: t("hold", "待审"),
  restrict: t("restrict", "限制"),
};
const OCCURRED: Known = { name: t("Time of the event", "发生时间"), type: "instant" };
const COUPON: Record<string, Known> = {
  id: { name: t("Coupon of this run", "本次发放的券"), type: "text", refers: "coupon" },
  code: { name: t("Code of the coupon of this run", "本次发放的券码"), type: "text" },
  offer: { name: t("Offer of the coupon of this run", "本次发放券的优惠"), type: "text", refers: "offer" },
  expires_at: { name: t("Expiry of the coupon of this run", "本次发放券的到期时间"), type: "instant" },
  ids: { name: t("All coupons of this run", "本次发放的全部券"), type: "list", refers: "coupon" },
};

/** Every field that makes sense in a place, in the order of the picker. */
export function fieldsIn({ event, entry, coupons = [], answers = [], seen = {} }: RuleScope): Field[] {
  const couponFields: Field[] =
    coupons.length === 0
      ? []
      : [
          ...Object.entries(COUPON).map(([key, known]): Field => ({ ...known, path: `coupon.${key}`, of: "coupon" })),
          ...coupons.flatMap((step) => couponsOfStep(step, coupons.length === 1)),
        ];
  return [
    ...(event === undefined ? [] : eventFields(event, "event", seen)),
    ...Object.entries(MEMBER).map(([key, known]): Field => ({ ...known, path: `member.${key}`, of: "member" })),
    ...seenFields("member", seen.member),
    ...couponFields,
    ...answers.flatMap(answerFields),
    ...(entry === undefined ? [] : eventFields(entry, "entry", seen)),
  ];
}

/** Which coupon of several: by its step, and of a step that gives several each one. */
function couponsOfStep(
  { node, title, offers = [] }: NonNullable<RuleScope["coupons"]>[number],
  isOnly: boolean,
): Field[] {
  const coupon = { type: "text", of: "coupon", refers: "coupon" } as const;
  if (offers.length < 2)
    return isOnly
      ? []
      : [{ ...coupon, path: `coupon.of.${node}.id`, name: t(`Coupon of “${title}”`, `“${title}”发放的券`) }];
  return [
    {
      ...coupon,
      type: "list",
      path: `coupon.of.${node}.ids`,
      name: t(`Any coupon of “${title}”`, `“${title}”发放的任意券`),
    },
    ...offers.map(
      (offer, i): Field => ({
        ...coupon,
        path: `coupon.of.${node}.${i + 1}.id`,
        name: t(`Coupon ${i + 1} of “${title}”: ${offer}`, `“${title}”发放的第 ${i + 1} 张券：${offer}`),
      }),
    ),
  ];
}

/** By its step, so that a second survey does not change what a rule means. */
const answerFields = ({ node, title, values }: Answering): Field[] =>
  values.map(({ key, name, type, options }) => ({
    path: `answer.of.${node}.${key}`,
    name: t(`${title}: ${name.en}`, `${title}：${name["zh-CN"]}`),
    type,
    of: "answer",
    ...(options && { options }),
  }));

function eventFields(event: string, of: "event" | "entry", seen: SeenIn): Field[] {
  const properties = Object.entries(eventKind(event)?.properties ?? {}).flatMap(([key, property]) =>
    propertyFields(key, property, of),
  );
  const known = [...properties, { ...OCCURRED, path: `${of}.occurred_at`, of }];
  return [...known, ...seenFields(of, seen[of], known)].map((field) => ({ ...field, event }));
}

function propertyFields(key: string, { type, name, refers, options }: Property, of: "event" | "entry"): Field[] {
  if (type === "items")
    return [
      { path: `${of}.${key}.category`, name: t(`${name.en}: categories`, `${name["zh-CN"]}的品类`), type: "list", of },
      { path: `${of}.${key}.name`, name: t(`${name.en}: names`, `${name["zh-CN"]}的名称`), type: "list", of },
      { path: `${of}.${key}.sku`, name: t(`${name.en}: SKUs`, `${name["zh-CN"]}的 SKU`), type: "list", of },
    ];
  return [
    {
      path: `${of}.${key}`,
      name,
      type,
      of,
      refers,
      options: options?.map((value) => ({ value, name: OPTIONS[value] ?? spoken(value) })),
    },
  ];
}

/** What a path is, also one outside the lists: an own attribute or property of which nothing was seen is a text until its rule asks otherwise. */
export function fieldAt(path: string, scope: RuleScope): Field {
  const found = fieldsIn({ ...scope, coupons: scope.coupons?.length ? scope.coupons : [{ node: "", title: "" }] }).find(
    (field) => field.path === path,
  );
  if (found) return found;
  const [of, ...rest] = path.split(".");
  if (of === "coupon" && rest[0] === "of") {
    const title = scope.coupons?.find((one) => one.node === rest[1])?.title ?? rest[1] ?? "";
    const place = rest.length > 3 ? rest[2] : undefined;
    return {
      path,
      name:
        place === undefined
          ? t(`Coupon of “${title}”`, `“${title}”发放的券`)
          : t(`Coupon ${place} of “${title}”`, `“${title}”发放的第 ${place} 张券`),
      type: "text",
      of: "coupon",
      refers: "coupon",
    };
  }
  if (of === "answer") {
    const key = (rest[0] === "of" ? rest.slice(2) : rest).join(".");
    return { path, name: t(`answer “${key}”`, `回答“${key}”`), type: "text", of };
  }
  const name = rest[0] === "attributes" ? rest.slice(1).join(".") : rest.join(".");
  return {
    path,
    name: spoken(name),
    type: "text",
    of: of === "member" || of === "entry" || of === "coupon" ? of : "event",
    ...(of !== "coupon" && { seen: [] }),
  };
}
