import { isMoneyFact } from "@/core/audit/money-fact";
import { hasLeft } from "@/core/journey/has-left";
import { nameIn } from "@/core/loyalty/offer-name";
import { listAudit } from "../audit/list";
import { listDeadLetters } from "../debugger/dead-letters";
import { listEvents } from "../debugger/list";
import { listJourneys } from "../journeys/list";
import { listMembers } from "../members/list";
import { listCoupons } from "../offers/coupons";
import { listOffers } from "../offers/list";
import { listRedemptions } from "../offers/redeeming/redemptions";
import { listRuns } from "../runs/list";
import { listMessages } from "../runs/messages";
import { listSegments } from "../segments/segments";
import { listTasks } from "../tasks/list";
import type { Screen } from "../views/view";
import { listStores } from "../workspaces/stores";
import { decimal, type Listing, listing, listingWith, localTime, type Terms } from "./listing";
import { stepNames } from "./step-names";

/** What an audited field holds, money in whole units. */
const moneyIn = (field: string, value: string, terms: Terms): string =>
  isMoneyFact(field) && /^-?\d+$/.test(value) ? decimal(Number(value), terms) : value;
const words = (en: string, zh: string) => ({ en, "zh-CN": zh });

/** What each list's file holds: what the screen shows, and the ids that programs need. States are told by their stable names. */
export const listings = {
  journeys: listing(listJourneys, [
    { heading: words("Journey", "旅程"), value: (j) => j.name },
    { heading: words("State", "状态"), value: (j) => j.state },
    { heading: words("Labels", "标签"), value: (j) => j.labels },
    { heading: words("Starts with", "触发时机"), value: (j) => j.trigger },
    { heading: words("Version", "版本"), value: (j) => j.version },
    { heading: words("On the way", "途中"), value: (j) => j.counts.live },
    { heading: words("Failed", "失败"), value: (j) => j.counts.failed },
    { heading: words("Entered, 7 days", "近 7 天进入"), value: (j) => j.counts.entered },
    { heading: words("Goals, 7 days", "近 7 天达成目标"), value: (j) => j.counts.goals },
    {
      heading: words("Conversion value, 7 days", "近 7 天转化金额"),
      value: (j, terms) => decimal(j.counts.worth, terms),
    },
    { heading: words("Changed", "修改时间"), value: (j, terms) => localTime(j.updatedAt, terms) },
    { heading: words("Journey no.", "旅程编号"), value: (j) => j.id },
  ]),
  members: listing(listMembers, [
    { heading: words("Name", "姓名"), value: (m) => m.name },
    { heading: words("Phone", "手机"), value: (m) => m.phone },
    { heading: words("Email", "邮箱"), value: (m) => m.email },
    { heading: words("Tier", "等级"), value: (m) => m.tier },
    { heading: words("Orders", "订单"), value: (m) => m.orders },
    { heading: words("Spent", "消费"), value: (m, terms) => decimal(m.spent, terms) },
    { heading: words("Points", "积分"), value: (m) => m.points },
    { heading: words("Tags", "标签"), value: (m) => m.tags },
    { heading: words("Joined", "加入时间"), value: (m, terms) => localTime(m.joinedAt, terms) },
    { heading: words("Last order", "最近下单"), value: (m, terms) => localTime(m.lastOrderAt, terms) },
    { heading: words("Last seen", "最近活跃"), value: (m, terms) => localTime(m.lastSeenAt, terms) },
    { heading: words("Member no.", "会员编号"), value: (m) => m.id },
  ]),
  messages: listingWith(listMessages, stepNames, [
    { heading: words("Member", "会员"), value: (m) => m.memberName },
    { heading: words("Channel", "渠道"), value: (m) => m.channel },
    { heading: words("Address", "地址"), value: (m) => (m.channel === "push" ? null : m.address) },
    { heading: words("Purpose", "用途"), value: (m) => m.purpose },
    { heading: words("Journey", "旅程"), value: (m) => m.journeyName },
    {
      heading: words("Step", "步骤"),
      value: ({ node, ...step }, _, calledOf) => (node === null ? null : calledOf({ node, ...step })),
    },
    { heading: words("Step no.", "步骤编号"), value: (m) => m.node },
    { heading: words("State", "状态"), value: (m) => m.state },
    { heading: words("Reason", "原因"), value: (m) => m.reason },
    { heading: words("Provider", "服务商"), value: (m) => m.provider },
    { heading: words("Queued", "排队时间"), value: (m, terms) => localTime(m.queuedAt, terms) },
    { heading: words("Accepted", "接收时间"), value: (m, terms) => localTime(m.acceptedAt, terms) },
    { heading: words("Delivered", "送达时间"), value: (m, terms) => localTime(m.deliveredAt, terms) },
    { heading: words("Opened", "打开时间"), value: (m, terms) => localTime(m.openedAt, terms) },
    { heading: words("Clicked", "点击时间"), value: (m, terms) => localTime(m.clickedAt, terms) },
    { heading: words("Member no.", "会员编号"), value: (m) => m.member },
    { heading: words("Message no.", "消息编号"), value: (m) => m.id },
  ]),
  runs: listingWith(listRuns, stepNames, [
    { heading: words("Member", "会员"), value: (r) => r.memberName },
    { heading: words("Journey", "旅程"), value: (r) => r.journeyName },
    { heading: words("Version", "版本"), value: (r) => r.version },
    {
      heading: words("Stands at", "所在步骤"),
      value: (r, _, calledOf) => (hasLeft(r) ? null : calledOf(r)),
    },
    {
      heading: words("Last step", "最后一步"),
      value: (r, _, calledOf) => (hasLeft(r) ? calledOf(r) : null),
    },
    { heading: words("Step no.", "步骤编号"), value: (r) => r.node },
    { heading: words("State", "状态"), value: (r) => r.state },
    { heading: words("Reason", "原因"), value: (r) => r.reason },
    { heading: words("Entered", "进入时间"), value: (r, terms) => localTime(r.enteredAt, terms) },
    {
      heading: words("Waits until", "等待至"),
      value: (r, terms) => (r.state === "parked" ? localTime(r.dueAt, terms) : null),
    },
    { heading: words("Ended", "结束时间"), value: (r, terms) => localTime(r.endedAt, terms) },
    { heading: words("Goal reached", "达成目标时间"), value: (r, terms) => localTime(r.goalAt, terms) },
    {
      heading: words("Conversion value", "转化金额"),
      value: (r, terms) => (r.goalValue === null ? null : decimal(r.goalValue, terms)),
    },
    { heading: words("Member no.", "会员编号"), value: (r) => r.member },
    { heading: words("Run no.", "运行编号"), value: (r) => r.id },
  ]),
  audit: listing(listAudit, [
    { heading: words("When", "时间"), value: (a, terms) => localTime(a.at, terms) },
    { heading: words("Who", "操作人"), value: (a) => a.actor.name ?? a.actor.as },
    { heading: words("What", "操作"), value: (a) => a.action },
    { heading: words("Thing", "对象"), value: (a) => a.subject?.name ?? null },
    {
      heading: words("Details", "详情"),
      value: (a, terms) =>
        a.facts.map(
          ({ field, value, before }) =>
            `${field}: ${before === undefined ? "" : `${moneyIn(field, before, terms) || "—"} → `}${moneyIn(field, value, terms) || "—"}`,
        ),
    },
    { heading: words("Thing no.", "对象编号"), value: (a) => a.subject?.id ?? null },
    { heading: words("Who no.", "操作人编号"), value: (a) => a.actor.signature },
    { heading: words("Line no.", "记录编号"), value: (a) => a.id },
  ]),
  events: listing(listEvents, [
    { heading: words("Accepted", "接受时间"), value: (e, terms) => localTime(e.acceptedAt, terms) },
    { heading: words("Happened", "发生时间"), value: (e, terms) => localTime(e.occurredAt, terms) },
    { heading: words("Event", "事件"), value: (e) => e.name },
    { heading: words("Member", "会员"), value: (e) => e.memberName },
    { heading: words("Properties", "属性"), value: (e) => JSON.stringify(e.properties) },
    { heading: words("Message id", "消息 ID"), value: (e) => e.messageId },
    { heading: words("Member no.", "会员编号"), value: (e) => e.member },
    { heading: words("Event no.", "事件编号"), value: (e) => e.id },
  ]),
  letters: listing(listDeadLetters, [
    { heading: words("Came in", "收到时间"), value: (l, terms) => localTime(l.at, terms) },
    { heading: words("Event", "事件"), value: (l) => l.name },
    { heading: words("Why", "原因"), value: (l, { locale }) => l.says[locale] },
    { heading: words("Reason", "原因代码"), value: (l) => l.cause },
    { heading: words("Member", "会员"), value: (l) => l.memberName ?? l.sender?.memberName ?? null },
    { heading: words("Sent as", "发送标识"), value: (l) => l.sender && `${l.sender.as} ${l.sender.value}` },
    { heading: words("Order number", "订单号"), value: (l) => l.order },
    { heading: words("Dealt with", "处理时间"), value: (l, terms) => localTime(l.replayedAt, terms) },
    { heading: words("Sent again as", "更正为事件"), value: (l) => l.correctedAs },
    { heading: words("Set aside", "搁置时间"), value: (l, terms) => localTime(l.setAside?.at ?? null, terms) },
    { heading: words("Set aside by", "搁置人"), value: (l) => l.setAside?.by ?? null },
    { heading: words("Set aside because", "搁置原因"), value: (l) => l.setAside?.why ?? null },
    { heading: words("What it said", "内容"), value: (l) => JSON.stringify(l.payload) },
    { heading: words("Message id", "消息 ID"), value: (l) => l.messageId },
    { heading: words("Member no.", "会员编号"), value: (l) => l.member },
    { heading: words("Letter no.", "记录编号"), value: (l) => l.id },
  ]),
  offers: listing(listOffers, [
    { heading: words("Offer", "优惠"), value: (o, { locale }) => nameIn(o, locale) },
    { heading: words("Kind", "类型"), value: (o) => o.kind },
    { heading: words("State", "状态"), value: (o) => o.state },
    { heading: words("Issued", "已发放"), value: (o) => o.issued },
    { heading: words("Used", "已核销"), value: (o) => o.redeemed },
    { heading: words("Stock", "库存"), value: (o) => o.stock },
    { heading: words("Per member", "每人上限"), value: (o) => o.perMember },
    { heading: words("Made", "创建时间"), value: (o, terms) => localTime(o.createdAt, terms) },
    { heading: words("Changed", "修改时间"), value: (o, terms) => localTime(o.updatedAt, terms) },
    { heading: words("Offer no.", "优惠编号"), value: (o) => o.id },
  ]),
  coupons: listing(listCoupons, [
    { heading: words("Offer", "优惠"), value: (c, { locale }) => nameIn(c, locale) },
    { heading: words("Code", "券码"), value: (c) => c.code },
    { heading: words("State", "状态"), value: (c) => c.state },
    { heading: words("Member", "会员"), value: (c) => c.memberName },
    { heading: words("Issued", "发放时间"), value: (c, terms) => localTime(c.issuedAt, terms) },
    { heading: words("Valid until", "有效期至"), value: (c, terms) => localTime(c.expiresAt, terms) },
    { heading: words("Used", "核销时间"), value: (c, terms) => localTime(c.redeemedAt, terms) },
    { heading: words("Member no.", "会员编号"), value: (c) => c.member },
    { heading: words("Run no.", "运行编号"), value: (c) => c.run },
    { heading: words("Coupon no.", "优惠券编号"), value: (c) => c.id },
  ]),
  redemptions: listing(listRedemptions, [
    { heading: words("Used", "核销时间"), value: (r, terms) => localTime(r.at, terms) },
    { heading: words("Offer", "优惠"), value: (r, { locale }) => nameIn(r, locale) },
    { heading: words("Code", "券码"), value: (r) => r.code },
    { heading: words("State", "状态"), value: (r) => r.state },
    { heading: words("Member", "会员"), value: (r) => r.memberName },
    { heading: words("Order number", "订单号"), value: (r) => r.orderRef },
    { heading: words("Order", "订单金额"), value: (r, terms) => decimal(r.amount, terms) },
    { heading: words("Discount", "优惠金额"), value: (r, terms) => decimal(r.discount, terms) },
    { heading: words("Paid", "实付"), value: (r, terms) => decimal(r.payable, terms) },
    { heading: words("Store", "门店"), value: (r) => r.storeName },
    { heading: words("Cancelled", "撤销时间"), value: (r, terms) => localTime(r.cancelledAt, terms) },
    { heading: words("Member no.", "会员编号"), value: (r) => r.member },
    { heading: words("Coupon no.", "优惠券编号"), value: (r) => r.coupon },
    { heading: words("Redemption no.", "核销编号"), value: (r) => r.id },
  ]),
  segments: listing(listSegments, [
    { heading: words("Segment", "分群"), value: (s) => s.name },
    { heading: words("State", "状态"), value: (s) => s.state },
    { heading: words("Rule", "规则"), value: (s) => JSON.stringify(s.rule) },
    { heading: words("Made", "创建时间"), value: (s, terms) => localTime(s.createdAt, terms) },
    { heading: words("Changed", "修改时间"), value: (s, terms) => localTime(s.updatedAt, terms) },
    { heading: words("Segment no.", "分群编号"), value: (s) => s.id },
  ]),
  tasks: listing(listTasks, [
    { heading: words("Task", "待办"), value: (t) => t.title },
    { heading: words("Kind", "类型"), value: (t) => t.kind },
    { heading: words("State", "状态"), value: (t) => t.state },
    { heading: words("Severity", "紧急程度"), value: (t) => t.severity },
    { heading: words("For", "负责角色"), value: (t) => t.role },
    { heading: words("Store", "门店"), value: (t) => t.storeName },
    { heading: words("Member", "会员"), value: (t) => t.memberName },
    { heading: words("Journey", "旅程"), value: (t) => t.journeyName },
    { heading: words("Outcome", "结果"), value: (t) => t.outcome },
    { heading: words("Note", "备注"), value: (t) => t.note },
    { heading: words("Opened", "开始时间"), value: (t, terms) => localTime(t.openedAt, terms) },
    { heading: words("Due", "截止时间"), value: (t, terms) => localTime(t.dueAt, terms) },
    { heading: words("Closed", "完成时间"), value: (t, terms) => localTime(t.closedAt, terms) },
    { heading: words("Task no.", "待办编号"), value: (t) => t.id },
  ]),
  stores: listing(listStores, [
    { heading: words("Code", "编码"), value: (s) => s.code },
    { heading: words("Store", "门店"), value: (s) => s.name },
    { heading: words("Merchant", "商户"), value: (s) => s.merchantName },
    { heading: words("Region", "地区"), value: (s) => s.region },
    { heading: words("Mall", "商场"), value: (s) => s.mall },
    { heading: words("Address", "地址"), value: (s) => s.address },
    { heading: words("Time zone", "时区"), value: (s) => s.timeZone },
    { heading: words("Opened", "新增时间"), value: (s, terms) => localTime(s.createdAt, terms) },
    { heading: words("Closed", "关闭时间"), value: (s, terms) => localTime(s.closedAt, terms) },
    { heading: words("Store no.", "门店编号"), value: (s) => s.id },
  ]),
} satisfies Record<Screen, Listing>;
