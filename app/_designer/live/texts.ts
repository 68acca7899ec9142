import { area } from "../../_i18n/area";

/** What came of a step's messages. */
export const designerLive = area({
  en: {
    sent: "Sent",
    notSent: "Not sent",
    undelivered: "Sent, not delivered",
    delivered: "Delivered",
    opened: "Opened",
    clicked: "Clicked",
    converted: "Goal reached after it",
    of: "{share} of those sent",
    show: "{name}: {what} {count}. Show the messages",
    showWhy: "{name}: not sent {count} ({why}). Show the messages",
    provider: "The provider refused it.",
    reason: "{count} × {why}",
    title: "Messages of this step",
    legend: "Messages",
  },
  "zh-CN": {
    sent: "已发送",
    notSent: "未发送",
    undelivered: "已发送但未送达",
    delivered: "已送达",
    opened: "已打开",
    clicked: "已点击",
    converted: "之后达成目标",
    of: "占已发送的 {share}",
    show: "{name}：{what} {count}。查看这些消息",
    showWhy: "{name}：未发送 {count}（{why}）。查看这些消息",
    provider: "服务商拒绝发送。",
    reason: "{count} 条：{why}",
    title: "此步骤的消息",
    legend: "消息",
  },
});
