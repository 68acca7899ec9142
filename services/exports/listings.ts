import { listJourneys } from "../journeys/list";
import { listMembers } from "../members/list";
import { listRuns } from "../runs/list";
import { listMessages } from "../runs/messages";
import type { Screen } from "../views/view";
import { decimal, type Listing, listing, localTime } from "./listing";

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
  messages: listing(listMessages, [
    { heading: words("Member", "会员"), value: (m) => m.memberName },
    { heading: words("Channel", "渠道"), value: (m) => m.channel },
    { heading: words("Address", "地址"), value: (m) => (m.channel === "push" ? null : m.address) },
    { heading: words("Purpose", "用途"), value: (m) => m.purpose },
    { heading: words("Journey", "旅程"), value: (m) => m.journeyName },
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
  runs: listing(listRuns, [
    { heading: words("Member", "会员"), value: (r) => r.memberName },
    { heading: words("Journey", "旅程"), value: (r) => r.journeyName },
    { heading: words("Version", "版本"), value: (r) => r.version },
    { heading: words("Stands at", "所在步骤"), value: (r) => r.nodeTitle ?? r.node },
    { heading: words("State", "状态"), value: (r) => r.state },
    { heading: words("Reason", "原因"), value: (r) => r.reason },
    { heading: words("Entered", "进入时间"), value: (r, terms) => localTime(r.enteredAt, terms) },
    {
      heading: words("Waits until", "等待至"),
      value: (r, terms) => (r.state === "parked" ? localTime(r.dueAt, terms) : null),
    },
    { heading: words("Ended", "结束时间"), value: (r, terms) => localTime(r.endedAt, terms) },
    { heading: words("Goal reached", "达成目标时间"), value: (r, terms) => localTime(r.goalAt, terms) },
    { heading: words("Member no.", "会员编号"), value: (r) => r.member },
    { heading: words("Run no.", "运行编号"), value: (r) => r.id },
  ]),
} satisfies Record<Screen, Listing>;
