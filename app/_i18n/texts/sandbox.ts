import { area } from "../area";

export const sandbox = area({
  en: {
    title: "Sandbox", lead: "What left the house and arrived: nothing here reaches a real phone or mailbox.", search: "Phone number or email address",
    phone: "Phone", mails: "Mail", pushes: "Notifications", noSubject: "(no subject)", from: "From",
    emptyTitle: "Nothing has arrived yet", empty: "As soon as a journey sends an SMS, a mail or a push, it stands here as its reader sees it. Send a test order to try.", tryIt: "Send a test event",
    emptySms: "No text message", emptyMail: "No mail", emptyPush: "No notification", conversations: "Conversations", inbox: "Inbox", choose: "Choose a mail to read it",
    reply: "Reply as the member", replyHint: "e.g. TD to unsubscribe", send: "Send", replied: "The reply is on its way.", listView: "Mails, newest first", unreachable: "The sandbox is not running", unreachableHint: "It starts with npm start; with outside providers configured it stays off.", headers: "Headers",
  },
  "zh-CN": {
    title: "沙盒", lead: "发出并到达的内容：这里的任何消息都不会到达真实的手机或邮箱。", search: "手机号或邮箱地址",
    phone: "手机", mails: "邮件", pushes: "通知", noSubject: "（无主题）", from: "来自",
    emptyTitle: "还没有收到内容", empty: "旅程一发送短信、邮件或推送，就会按收件人看到的样子出现在这里。发送一笔测试订单试试。", tryIt: "发送测试事件",
    emptySms: "没有短信", emptyMail: "没有邮件", emptyPush: "没有通知", conversations: "会话", inbox: "收件箱", choose: "选择一封邮件查看",
    reply: "以会员身份回复", replyHint: "例如 TD 退订", send: "发送", replied: "回复已发出。", listView: "邮件，最新在前", unreachable: "沙盒没有运行", unreachableHint: "沙盒随 npm start 启动；配置了外部服务商时不启动。", headers: "邮件头",
  },
});
