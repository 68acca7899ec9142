import { area } from "../area";

export const messages = area({
  en: {
    title: "Messages", lead: "Everything sent or deliberately not sent: to whom, through whom, why, and what came of it.",
    member: "Member", channel: "Channel", address: "Address", state: "State", journey: "Journey", queued: "Queued", reason: "Why", anyChannel: "Any channel", anyState: "Any state",
    emptyTitle: "No message yet", empty: "Messages appear here as soon as a journey sends one. On the demo they land in the sandbox.", toSandbox: "Open the sandbox",
    content: "As it was sent", notRendered: "The words are written at the moment of sending.", history: "What came of it", claimed: "Handed over", accepted: "Accepted by the provider", delivered: "Delivered", opened: "Opened", clicked: "Clicked", expires: "Expires", attempts: "Attempts", provider: "Provider", reference: "Provider's number", purpose: "Purpose", openRun: "Why it was sent", subject: "Subject", message: "Message",
  },
  "zh-CN": {
    title: "消息", lead: "发送的和刻意未发送的每一条：发给谁、经由谁、为什么、结果如何。",
    member: "会员", channel: "渠道", address: "地址", state: "状态", journey: "旅程", queued: "排队时间", reason: "原因", anyChannel: "全部渠道", anyState: "全部状态",
    emptyTitle: "还没有消息", empty: "旅程一发送消息就会出现在这里。演示环境的消息会进入沙盒。", toSandbox: "打开沙盒",
    content: "发送内容", notRendered: "内容在发送的那一刻生成。", history: "结果", claimed: "开始发送", accepted: "服务商已接收", delivered: "已送达", opened: "已打开", clicked: "已点击", expires: "过期时间", attempts: "尝试次数", provider: "服务商", reference: "服务商编号", purpose: "用途", openRun: "为什么发送", subject: "主题", message: "消息",
  },
});
