import { area } from "../area";

export const events = area({
  en: {
    title: "Events", lead: "Everything members did, as it comes in. Accepted events move journeys; rejected ones are kept with the reason.",
    accepted: "Accepted", rejected: "Rejected", show: "Show", name: "Event", anyName: "Any event", who: "Member", properties: "Properties", at: "Accepted", occurred: "Happened",
    emptyTitle: "No event yet", empty: "Send one from here, or connect a shop with an SDK you already have.", connect: "Connect a shop",
    noneRejected: "Nothing was rejected", noneRejectedHint: "An event that cannot be used is kept here with the reason, so that nothing is lost silently.",
    raw: "As it was stored", messageId: "Message id", type: "Type", context: "Context", openMember: "Open the member", replay: "Judge again", replayed: "Queued again", reason: "Reason", event: "Event", kind: "Kind", kindEvent: "Event", kindSend: "Send", when: "When", wasReplayed: "judged again {ago}",
    test: "Send a test event", testLead: "Goes through the public event API like any other, with a write key.", testName: "Event", testWho: "As which member", testWhoHint: "Name, phone or email", testUser: "or a new member number", testProperties: "Properties (JSON)", testSend: "Send", testSent: "Accepted in {ms} ms", testBad: "This is not valid JSON",
    keyNeeded: "A write key is needed once in this browser", keyHint: "It may only send events. It is kept in this browser and can be revoked under Integrations.", keyMake: "Make a write key", keyPaste: "Paste a write key", keyName: "Test events from the console", keyForget: "Forget the key", keyInUse: "Sends with {prefix}…",
    refused: "Refused", nobody: "Nobody found",
  },
  "zh-CN": {
    title: "事件", lead: "会员的每个行为实时到达。被接受的事件推动旅程，被拒绝的连同原因保留。",
    accepted: "已接受", rejected: "已拒绝", show: "显示", name: "事件", anyName: "全部事件", who: "会员", properties: "属性", at: "接受时间", occurred: "发生时间",
    emptyTitle: "还没有事件", empty: "从这里发送一个，或用你已有的 SDK 接入门店。", connect: "去接入",
    noneRejected: "没有被拒绝的事件", noneRejectedHint: "无法使用的事件连同原因保留在这里，不会悄悄丢失。",
    raw: "存储内容", messageId: "消息 ID", type: "类型", context: "上下文", openMember: "打开会员", replay: "重新判断", replayed: "已重新排队", reason: "原因", event: "事件", kind: "种类", kindEvent: "事件", kindSend: "发送", when: "时间", wasReplayed: "{ago}重新判断",
    test: "发送测试事件", testLead: "与其他事件一样，使用写入密钥经过公开的事件 API。", testName: "事件", testWho: "以哪位会员的身份", testWhoHint: "姓名、手机或邮箱", testUser: "或新的会员编号", testProperties: "属性（JSON）", testSend: "发送", testSent: "{ms} 毫秒内接受", testBad: "不是有效的 JSON",
    keyNeeded: "本浏览器需要一次写入密钥", keyHint: "它只能发送事件，保存在本浏览器中，可在“集成”中吊销。", keyMake: "创建写入密钥", keyPaste: "粘贴写入密钥", keyName: "控制台测试事件", keyForget: "忘记密钥", keyInUse: "使用 {prefix}… 发送",
    refused: "被拒绝", nobody: "没有找到",
  },
});
