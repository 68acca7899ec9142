import { area } from "../area";

export const nav = area({
  en: {
    home: "Home", journeys: "Journeys", members: "Members", offers: "Offers", messages: "Messages", runs: "Runs", events: "Events",
    sandbox: "Sandbox", integrations: "Integrations", settings: "Settings",
    main: "Main navigation", engage: "Engage", observe: "Observe", connect: "Connect",
    search: "Search pages, journeys, members", searchShort: "Search", nothing: "Nothing found for “{query}”", pages: "Pages", typeMore: "Type a name, phone number or page",
    language: "Language", theme: "Theme", light: "Light", dark: "Dark", auto: "Like the system", account: "Account of {name}", signOut: "Sign out",
    demo: "Demo", demoHint: "Invented data. The journeys, messages and coupons are real, the people are not.", openMenu: "Open the menu",
    temporal: "Temporal UI", docs: "API reference",
  },
  "zh-CN": {
    home: "首页", journeys: "旅程", members: "会员", offers: "优惠", messages: "消息", runs: "运行", events: "事件",
    sandbox: "沙盒", integrations: "集成", settings: "设置",
    main: "主导航", engage: "运营", observe: "观察", connect: "接入",
    search: "搜索页面、旅程、会员", searchShort: "搜索", nothing: "没有找到“{query}”", pages: "页面", typeMore: "输入姓名、手机号或页面名称",
    language: "语言", theme: "外观", light: "浅色", dark: "深色", auto: "跟随系统", account: "{name} 的账户", signOut: "退出登录",
    demo: "演示", demoHint: "数据是虚构的：旅程、消息和优惠券真实运转，人物并不存在。", openMenu: "打开菜单",
    temporal: "Temporal 界面", docs: "API 文档",
  },
});
