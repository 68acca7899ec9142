import type { Text } from "../text";

const text = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/** What each setting is called, by its path; a `*` stands for a name that somebody gave. */
const settingNames: Record<string, Text> = {
  name: text("name", "名称"),
  timeZone: text("time zone", "时区"),
  locale: text("language", "语言"),
  "loyalty.points.expiry": text("points expire", "积分过期方式"),
  "loyalty.points.months": text("points live, months", "积分有效月数"),
  "loyalty.points.years": text("points live, calendar years", "积分有效自然年数"),
  "loyalty.points.minimumDays": text("points live at least, days", "积分最短有效天数"),
  "messaging.quietHours.from": text("quiet hours from", "免打扰开始"),
  "messaging.quietHours.to": text("quiet hours to", "免打扰结束"),
  "messaging.quietHours.choice": text("in quiet hours a promotion", "免打扰时段内的营销消息"),
  "messaging.caps.all.most": text("most promotions to a member", "每位会员的营销消息上限"),
  "messaging.caps.all.days": text("most promotions, counted over days", "营销消息上限的统计天数"),
  "messaging.caps.channels.*.most": text("most promotions by {name}", "{name}营销消息上限"),
  "messaging.caps.channels.*.days": text(
    "most promotions by {name}, counted over days",
    "{name}营销消息上限的统计天数",
  ),
  "messaging.caps.categories.*.most": text("most promotions about “{name}”", "“{name}”类营销消息上限"),
  "messaging.caps.categories.*.days": text(
    "most promotions about “{name}”, counted over days",
    "“{name}”类营销消息上限的统计天数",
  ),
  "messaging.prices.sms": text("price of an SMS part", "短信单价"),
  "messaging.prices.email": text("price of a mail", "邮件单价"),
  "messaging.prices.push": text("price of a push", "推送单价"),
  "messaging.monthlyBudget": text("budget for a month", "每月预算"),
  "messaging.signature": text("SMS signature", "短信签名"),
  "messaging.advert": text("marketing mail marked 广告", "营销邮件标注“广告”"),
  "messaging.tracksLinks": text("links tracked", "跟踪链接点击"),
  "messaging.tracksOpens": text("mail opens tracked", "跟踪邮件打开"),
  "demo.simulate.on": text("simulated customers", "模拟顾客"),
  "demo.simulate.perMinute": text("simulated events a minute", "每分钟模拟事件数"),
  "holdout.percent": text("holdout, % of members", "对照组比例（%）"),
  "holdout.days": text("holdout observed for days", "对照组观察天数"),
  "publishing.approval": text("publishing", "发布"),
};

/** Values that are one of a few, by the setting they belong to. */
const settingValues: Record<string, Record<string, Text>> = {
  locale: { en: text("English", "英文"), "zh-CN": text("Chinese", "中文") },
  "loyalty.points.expiry": {
    never: text("never", "永不过期"),
    rolling: text("some months after they were earned", "获得后若干个月"),
    calendar: text("at the end of a year", "年底"),
  },
  "messaging.quietHours.choice": { hold: text("waits", "等待"), drop: text("is dropped", "不再发送") },
  "messaging.advert": {
    auto: text("by language and currency", "按语言和货币"),
    always: text("always", "总是"),
    never: text("never", "从不"),
  },
  "publishing.approval": {
    never: text("at once", "直接发布"),
    by_role: text("with approval, unless one may approve", "需审批，有审批权限者除外"),
    always: text("always with approval", "一律需要审批"),
  },
};

const SWITCHES = new Set(["messaging.tracksLinks", "messaging.tracksOpens", "demo.simulate.on"]);
const CHANNEL_NAMES: Record<string, Text> = {
  sms: text("SMS", "短信"),
  email: text("email", "邮件"),
  push: text("push", "推送"),
};
const GIVEN = /^(messaging\.caps\.(?:channels|categories))\.([^.]+)\.(most|days)$/;

/** What a changed setting is called; none for a path that is no setting. */
export function settingName(path: string): Text | undefined {
  const [, group, given, last] = GIVEN.exec(path) ?? [];
  if (group === undefined || given === undefined) return settingNames[path];
  const name = settingNames[`${group}.*.${last}`];
  const called = group.endsWith("channels") ? CHANNEL_NAMES[given] : undefined;
  return (
    name && {
      en: name.en.replace("{name}", () => called?.en ?? given),
      "zh-CN": name["zh-CN"].replace("{name}", () => called?.["zh-CN"] ?? given),
    }
  );
}

/** A setting's value in words; none for one that is told as it stands. */
export function settingValue(path: string, value: string): Text | undefined {
  if (value === "") return text("not set", "未设置");
  if (SWITCHES.has(path)) return value === "true" ? text("on", "开") : text("off", "关");
  return settingValues[path]?.[value];
}

/** Whether a setting is money, in minor units. */
export const isMoneySetting = (path: string): boolean =>
  path === "messaging.monthlyBudget" || path.startsWith("messaging.prices.");
