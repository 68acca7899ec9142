import { area } from "../area";

export const settings = area({
  en: {
    title: "Settings", lead: "The workspace, and how the console looks to you.",
    workspace: "Workspace", name: "Name", timeZone: "Time zone", timeZoneHint: "Days, windows and expiries are counted in this zone.", language: "Language of the workspace", languageHint: "Messages to members without a language of their own are written in it.", currency: "Currency", currencyHint: "Fixed: the ledgers are written in it.", saved: "Settings saved",
    you: "You", yourLanguage: "Language", colours: "Colours", account: "Account", role: "Role",
    password: "Password", current: "Current password", next: "New password", nextHint: "At least 10 characters", change: "Change password", changed: "Password changed. Other sessions were signed out.", wrong: "The current password is not right.", short: "At least 10 characters",
    firstPassword: "You still use the password that was printed at the first start. Change it.",
    demo: "Demo", simulate: "Simulate customers", simulateHint: "Sends real orders, visits and page views through the public event API, so that journeys move and the sandbox fills.", simulating: "Customers are coming in.", stopped: "No simulated customers.",
  },
  "zh-CN": {
    title: "设置", lead: "工作区，以及你看到的控制台。",
    workspace: "工作区", name: "名称", timeZone: "时区", timeZoneHint: "日期、时间窗和有效期都按此时区计算。", language: "工作区语言", languageHint: "会员没有设置语言时，消息使用此语言。", currency: "货币", currencyHint: "不可更改：账本以此货币记账。", saved: "设置已保存",
    you: "个人", yourLanguage: "语言", colours: "外观", account: "账户", role: "角色",
    password: "密码", current: "当前密码", next: "新密码", nextHint: "至少 10 个字符", change: "修改密码", changed: "密码已修改，其他会话已退出。", wrong: "当前密码不正确。", short: "至少 10 个字符",
    firstPassword: "你仍在使用首次启动时打印的密码，请修改。",
    demo: "演示", simulate: "模拟顾客", simulateHint: "通过公开的事件 API 发送真实的订单、到店和浏览，让旅程运转、沙盒收到消息。", simulating: "顾客正在到来。", stopped: "没有模拟顾客。",
  },
});
