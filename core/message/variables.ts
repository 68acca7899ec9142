import type { Text } from "../text";

/** A value that a template may insert, and what people call it. */
export type Variable = {
  group: "member" | "event" | "coupon" | "answer" | "links" | "workspace";
  name: Text;
  type: "text" | "number" | "money" | "date" | "link";
  liquid: string;
};

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

export const MEMBER: Variable[] = [
  { group: "member", name: t("Name", "姓名"), type: "text", liquid: "{{ member.name }}" },
  { group: "member", name: t("Tier", "等级"), type: "text", liquid: "{{ member.tier }}" },
  { group: "member", name: t("Points", "积分"), type: "number", liquid: "{{ member.points }}" },
  { group: "member", name: t("Birthday", "生日"), type: "date", liquid: "{{ member.birthday | date }}" },
  { group: "member", name: t("Total spent", "累计消费"), type: "money", liquid: "{{ member.spent | money }}" },
  { group: "member", name: t("Number of orders", "订单数"), type: "number", liquid: "{{ member.orders }}" },
  { group: "member", name: t("Last order", "最近下单"), type: "date", liquid: "{{ member.last_order_at | date }}" },
  { group: "member", name: t("Number of visits", "到店次数"), type: "number", liquid: "{{ member.visits }}" },
  { group: "member", name: t("Last visit", "最近到店"), type: "date", liquid: "{{ member.last_visit_at | date }}" },
  { group: "member", name: t("Joined", "入会时间"), type: "date", liquid: "{{ member.joined_at | date }}" },
  { group: "member", name: t("Phone", "手机号"), type: "text", liquid: "{{ member.phone }}" },
  { group: "member", name: t("Email", "邮箱"), type: "text", liquid: "{{ member.email }}" },
];
/** Of the store that the event names. */
export const PLACE: Variable[] = [
  { group: "event", name: t("Name of the store", "门店名称"), type: "text", liquid: "{{ store.name }}" },
  {
    group: "event",
    name: t("Name of the store's merchant", "门店所属商户名称"),
    type: "text",
    liquid: "{{ merchant.name }}",
  },
];
export const COUPON: Variable[] = [
  { group: "coupon", name: t("Code", "券码"), type: "text", liquid: "{{ coupon.code }}" },
  { group: "coupon", name: t("Name of the offer", "优惠名称"), type: "text", liquid: "{{ coupon.name }}" },
  { group: "coupon", name: t("Expiry", "到期日"), type: "date", liquid: "{{ coupon.expires_at | date }}" },
  { group: "coupon", name: t("Page to show it", "出示页面链接"), type: "link", liquid: "{{ coupon.link }}" },
];
export const LINKS: Variable[] = [
  { group: "links", name: t("Survey", "问卷链接"), type: "link", liquid: "{{ links.survey }}" },
  { group: "links", name: t("Unsubscribe", "退订链接"), type: "link", liquid: "{{ links.unsubscribe }}" },
];
export const WORKSPACE: Variable[] = [
  { group: "workspace", name: t("Shop name", "店铺名称"), type: "text", liquid: "{{ workspace.name }}" },
];
