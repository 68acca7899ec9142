import type { z } from "zod";
import type { Text } from "../text";
import { type Property, type PropertyType, type Refers, schemaOf } from "./property";

/**
 * Who tells it. `system`: our own ledgers, and with its write key a server, whose business may keep such a ledger elsewhere (points of a partner, a
 * till's own coupons): that counts as what happened, and changes nothing in ours. `ours`: only we, as it says what we did or were answered (decision 111).
 */
export type EventKind = {
  name: Text;
  family: Family;
  from: "sender" | "system" | "ours";
  properties: Record<string, Property>;
};
export type Family =
  | "orders"
  | "visits"
  | "behaviour"
  | "profile"
  | "coupons"
  | "points"
  | "messages"
  | "segments"
  | "service";

const p = (
  type: PropertyType,
  en: string,
  zh: string,
  more: { refers?: Refers; options?: readonly string[]; required?: true } = {},
): Property => ({ type, name: { en, "zh-CN": zh }, ...more });
const event = (family: Family, en: string, zh: string, properties: Record<string, Property> = {}): EventKind => ({
  name: { en, "zh-CN": zh },
  family,
  from: "sender",
  properties,
});
const own = (family: Family, en: string, zh: string, properties: Record<string, Property> = {}): EventKind => ({
  ...event(family, en, zh, properties),
  from: "system",
});
const only = (family: Family, en: string, zh: string, properties: Record<string, Property> = {}): EventKind => ({
  ...event(family, en, zh, properties),
  from: "ours",
});

const place = {
  store: p("text", "Store", "门店", { refers: "store" }),
  merchant: p("text", "Merchant", "商户", { refers: "merchant" }),
};
const order = {
  order_id: p("text", "Order number", "订单号"),
  amount: p("money", "Amount", "金额"),
  ...place,
  category: p("text", "Category", "品类"),
  channel: p("text", "Sales channel", "销售渠道", { options: ["store", "online"] }),
  items: p("items", "Items", "商品"),
  discount: p("money", "Discount", "优惠金额"),
  shipping: p("money", "Shipping", "运费"),
  tax: p("money", "Tax", "税费"),
  coupon: p("text", "Coupon code", "优惠码"),
  currency: p("text", "Currency", "币种"),
};
const wanted = (property: Property): Property => ({ ...property, required: true });
const product = {
  product_id: p("text", "Product", "商品编号"),
  sku: p("text", "SKU", "SKU"),
  name: p("text", "Product name", "商品名称"),
  category: p("text", "Category", "品类"),
  brand: p("text", "Brand", "品牌"),
  price: p("money", "Price", "价格"),
};
const coupon = {
  coupon_id: p("text", "Coupon", "优惠券", { refers: "coupon" }),
  offer_id: p("text", "Offer", "优惠", { refers: "offer" }),
  code: p("text", "Code", "券码"),
  expires_at: p("instant", "Expires", "到期时间"),
};
const ending = { ...coupon, offer: p("text", "Offer name", "优惠名称") };
const points = {
  points: p("count", "Points", "积分"),
  balance: p("count", "Balance", "积分余额"),
  reason: p("text", "Reason", "原因"),
};
const daysLeft = p("count", "Days left", "剩余天数");
const message = {
  message_id: p("text", "Message", "消息", { refers: "message" }),
  channel: p("text", "Channel", "渠道", { refers: "channel" }),
  journey_id: p("text", "Journey", "旅程", { refers: "journey" }),
};
const segment = {
  segment_id: p("text", "Segment", "分群", { refers: "segment" }),
  segment: p("text", "Segment name", "分群名称"),
};
const page = {
  url: p("text", "Address", "网址"),
  path: p("text", "Path", "路径"),
  title: p("text", "Title", "标题"),
  referrer: p("text", "Referrer", "来源"),
  name: p("text", "Page name", "页面名称"),
  category: p("text", "Category", "品类"),
};

/** The loyalty vocabulary. Events outside it are accepted as they come and can be used in rules. */
export const catalogue = {
  order_placed: event("orders", "Order placed", "下单", order),
  order_paid: event("orders", "Order paid", "支付订单", { ...order, amount: wanted(order.amount) }),
  order_refunded: event("orders", "Order refunded", "退款", {
    ...order,
    is_full: p("boolean", "Whole order", "整单退款"),
  }),
  order_cancelled: event("orders", "Order cancelled", "取消订单", order),
  cart_updated: event("orders", "Cart updated", "购物车更新", {
    ...order,
    ...product,
    cart_id: p("text", "Cart", "购物车编号"),
    action: p("text", "Change", "变动", { options: ["added", "removed", "updated"] }),
    quantity: p("number", "Quantity", "数量"),
  }),
  checkout_started: event("orders", "Checkout started", "开始结算", order),
  stored_value_topped_up: own("orders", "Stored value topped up", "储值充值", {
    amount: p("money", "Amount", "充值金额"),
    bonus: p("money", "Bonus", "赠送金额"),
    balance: p("money", "Balance", "储值余额"),
    ...place,
  }),

  store_visit: event("visits", "Store visit", "到店", place),
  check_in: event("visits", "Check-in", "签到", { ...place, streak: p("count", "Days in a row", "连续天数") }),

  page_viewed: event("behaviour", "Page viewed", "浏览页面", page),
  screen_viewed: event("behaviour", "Screen viewed", "浏览屏幕", page),
  product_viewed: event("behaviour", "Product viewed", "浏览商品", product),
  enquiry: event("behaviour", "Enquiry", "咨询", { topic: p("text", "Topic", "主题"), ...product }),

  identified: event("profile", "Details updated", "资料更新"),
  aliased: event("profile", "Identities joined", "身份合并"),
  group_joined: event("profile", "Group joined", "加入群组", { group_id: p("text", "Group", "群组") }),
  signed_up: event("profile", "Signed up", "注册", { ...place, method: p("text", "Way", "注册方式") }),
  account_closed: event("profile", "Account closed", "注销账户", { reason: p("text", "Reason", "原因") }),
  profile_completed: event("profile", "Profile completed", "完善资料"),
  referral: event("profile", "Referral", "推荐好友", {
    code: p("text", "Referral code", "推荐码"),
    invitee: p("text", "Invitee", "被邀请人"),
  }),
  consent_granted: event("profile", "Consent given", "同意接收", {
    channel: p("text", "Channel", "渠道", { refers: "channel" }),
    purpose: p("text", "Purpose", "用途"),
  }),
  consent_withdrawn: event("profile", "Consent withdrawn", "撤回同意", {
    channel: p("text", "Channel", "渠道", { refers: "channel" }),
    purpose: p("text", "Purpose", "用途"),
    reason: p("text", "Reason", "原因"),
  }),
  unsubscribed: event("profile", "Unsubscribed", "退订", {
    channel: p("text", "Channel", "渠道", { refers: "channel" }),
  }),
  tier_changed: own("profile", "Tier changed", "等级变更", {
    tier: p("text", "New tier", "新等级", { refers: "tier" }),
    previous: p("text", "Previous tier", "原等级", { refers: "tier" }),
    reason: p("text", "Reason", "原因"),
    until: p("instant", "Until", "有效期至"),
  }),
  attribute_changed: only("profile", "Attribute changed", "属性变更", {
    attribute: p("text", "Attribute", "属性"),
  }),
  tag_added: only("profile", "Tag added", "添加标签", { tag: p("text", "Tag", "标签") }),
  tag_removed: only("profile", "Tag removed", "移除标签", { tag: p("text", "Tag", "标签") }),

  coupon_issued: own("coupons", "Coupon issued", "发放优惠券", coupon),
  coupon_redeemed: own("coupons", "Coupon redeemed", "核销优惠券", {
    ...coupon,
    order_id: order.order_id,
    amount: p("money", "Order amount", "订单金额"),
    discount: order.discount,
    ...place,
  }),
  coupon_returned: own("coupons", "Coupon given back", "优惠券退回", coupon),
  coupon_voided: own("coupons", "Coupon withdrawn", "优惠券作废", coupon),
  coupon_expiring: own("coupons", "Coupon about to expire", "优惠券即将到期", { ...ending, days_left: daysLeft }),
  coupon_expired: own("coupons", "Coupon expired", "优惠券已过期", ending),
  lottery_drawn: own("coupons", "Lottery drawn", "抽奖", {
    prize: p("text", "Prize", "奖品"),
    has_won: p("boolean", "Won", "是否中奖"),
  }),

  points_earned: own("points", "Points earned", "获得积分", points),
  points_spent: own("points", "Points spent", "使用积分", points),
  points_expired: own("points", "Points expired", "积分已过期", points),
  points_expiring: own("points", "Points about to expire", "积分即将到期", {
    ...points,
    last_day: p("date", "Last day", "最后可用日"),
    days_left: daysLeft,
  }),

  message_sent: own("messages", "Message sent", "消息发出", message),
  message_failed: own("messages", "Message not sent", "消息未发出", {
    ...message,
    reason: p("text", "Reason", "原因"),
  }),
  message_delivered: own("messages", "Message delivered", "消息送达", message),
  message_complained: own("messages", "Message complained of", "消息被投诉", message),
  message_opened: own("messages", "Message opened", "消息打开", message),
  message_clicked: own("messages", "Message clicked", "消息点击", { ...message, url: p("text", "Address", "网址") }),
  message_replied: own("messages", "Message replied", "消息回复", { ...message, text: p("text", "Text", "内容") }),
  message_bounced: own("messages", "Message bounced", "消息退回", { ...message, reason: p("text", "Reason", "原因") }),

  segment_entered: only("segments", "Segment entered", "进入分群", segment),
  segment_left: only("segments", "Segment left", "离开分群", segment),

  survey_answered: event("service", "Survey answered", "填写问卷", {
    survey: p("text", "Survey", "问卷"),
    score: p("number", "Score", "评分"),
    answer: p("text", "Answer", "回答"),
    ...place,
  }),
  task_completed: only("service", "Staff task done", "待办完成", {
    task_id: p("text", "Task", "待办"),
    outcome: p("text", "Outcome", "结果"),
    title: p("text", "Title", "标题"),
  }),
  webhook_done: only("service", "Webhook taken", "Webhook 已接收", {
    call_id: p("text", "Call", "调用"),
    status: p("count", "Status", "状态码"),
  }),
  webhook_failed: only("service", "Webhook failed", "Webhook 失败", {
    call_id: p("text", "Call", "调用"),
    status: p("count", "Status", "状态码"),
    reason: p("text", "Reason", "原因"),
  }),
  approval_decided: only("service", "Approval decided", "审批完成", {
    task_id: p("text", "Request", "申请"),
    outcome: p("text", "Decision", "决定", { options: ["approved", "rejected"] }),
    title: p("text", "Title", "标题"),
  }),
  complaint_opened: event("service", "Complaint opened", "投诉", {
    complaint_id: p("text", "Complaint", "投诉编号"),
    severity: p("text", "Severity", "严重程度"),
    ...place,
  }),
  complaint_closed: event("service", "Complaint closed", "投诉结案", {
    complaint_id: p("text", "Complaint", "投诉编号"),
    outcome: p("text", "Outcome", "结果"),
    ...place,
  }),
  risk_decided: own("service", "Risk decided", "风控判定", {
    verdict: p("text", "Verdict", "结论", { options: ["allow", "hold", "restrict"] }),
    reason: p("text", "Reason", "原因"),
  }),
} satisfies Record<string, EventKind>;

export type EventName = keyof typeof catalogue;
export const EVENT_NAMES = Object.keys(catalogue).filter(isCatalogued);

export function isCatalogued(name: string): name is EventName {
  return Object.hasOwn(catalogue, name);
}

export const eventKind = (name: string): EventKind | undefined => (isCatalogued(name) ? catalogue[name] : undefined);

const schemas = new Map<string, z.ZodType<Record<string, unknown>, unknown>>();
/** The schema of a catalogued event's properties. */
export function propertiesSchema(name: EventName): z.ZodType<Record<string, unknown>, unknown> {
  const known = schemas.get(name);
  if (known) return known;
  const made = schemaOf(catalogue[name].properties);
  schemas.set(name, made);
  return made;
}
