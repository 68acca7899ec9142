import { area } from "../area";

export const runs = area({
  en: {
    title: "Runs", lead: "One run is one member's passage through one journey: where it stands, what it did and why.",
    run: "Run", member: "Member", journey: "Journey", at: "Stands at", state: "State", entered: "Entered", due: "Waits until", ended: "Ended", reason: "Reason", node: "Step: {node}", memberOnly: "One member",
    live: "On their way", endedAll: "Ended", anyState: "Any state", anyJourney: "Any journey",
    emptyTitle: "No run yet", empty: "A run begins when a member meets the start of a live journey.", toJourneys: "Open the journeys",
    path: "The way it went", started: "Started by", version: "Version", openJourney: "Open the journey", openTemporal: "Workflow in Temporal", lap: "round {lap}",
    begins: "Begins", waitsHere: "Waits here now", waitsUntil: "until {at} at the latest", standsHere: "About to go on", failedHere: "Failed here", endedHere: "Ended",
    asked: "Asked", found: "Found", held: "true", notHeld: "not true", gaveCoupon: "Coupon {code}: {name}", gavePoints: "{points, plural, one {# point} other {# points}}", gaveMessage: "Message queued", facts: "Facts",
    took: "after {duration}", coupon: "Coupon", openMember: "Open the member", goal: "Goal reached", way: "Way out: {port}",
  },
  "zh-CN": {
    title: "运行", lead: "一次运行是一位会员走过一个旅程的过程：走到哪里、做了什么、为什么。",
    run: "运行", member: "会员", journey: "旅程", at: "所在步骤", state: "状态", entered: "进入时间", due: "等待至", ended: "结束时间", reason: "原因", node: "步骤：{node}", memberOnly: "单个会员",
    live: "进行中", endedAll: "已结束", anyState: "全部状态", anyJourney: "全部旅程",
    emptyTitle: "还没有运行", empty: "会员满足某个运行中旅程的起点时，就会开始一次运行。", toJourneys: "查看旅程",
    path: "走过的路径", started: "触发事件", version: "版本", openJourney: "打开旅程", openTemporal: "Temporal 中的工作流", lap: "第 {lap} 轮",
    begins: "开始", waitsHere: "正在此处等待", waitsUntil: "最迟到 {at}", standsHere: "即将继续", failedHere: "在此处失败", endedHere: "结束",
    asked: "条件", found: "实际", held: "成立", notHeld: "不成立", gaveCoupon: "优惠券 {code}：{name}", gavePoints: "{points} 积分", gaveMessage: "消息已排队", facts: "概况",
    took: "经过 {duration}", coupon: "优惠券", openMember: "打开会员", goal: "达成目标", way: "出口：{port}",
  },
});
