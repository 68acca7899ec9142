import { area } from "../area";

/** States by what they are states of, as stored. */
export const states = area({
  en: {
    journey: { draft: "Draft", live: "Live", paused: "Paused", stopped: "Stopped", archived: "Archived" },
    run: {
      ready: "Ready",
      parked: "Waiting",
      held: "Held out",
      goal: "Goal reached",
      done: "Done",
      exited: "Left",
      failed: "Failed",
    },
    message: {
      queued: "Queued",
      claimed: "Sending",
      accepted: "Accepted",
      delivered: "Delivered",
      failed: "Failed",
      unknown: "Unknown",
      skipped: "Not sent",
    },
    task: { open: "Open", done: "Done", expired: "Too late", cancelled: "No longer needed" },
    coupon: { issued: "Valid", redeemed: "Used", void: "Void", expired: "Expired" },
    offer: { active: "Active", inactive: "Off", paused: "Off", archived: "Archived" },
    channel: { sms: "SMS", email: "Email", push: "Push" },
    purpose: { marketing: "Marketing", service: "Service", transactional: "Service" },
    tier: { basic: "Basic", silver: "Silver", gold: "Gold", platinum: "Platinum", diamond: "Diamond" },
  },
  "zh-CN": {
    journey: { draft: "草稿", live: "运行中", paused: "已暂停", stopped: "已停止", archived: "已归档" },
    run: {
      ready: "待执行",
      parked: "等待中",
      held: "对照组",
      goal: "达成目标",
      done: "已完成",
      exited: "已离开",
      failed: "失败",
    },
    message: {
      queued: "排队中",
      claimed: "发送中",
      accepted: "已接收",
      delivered: "已送达",
      failed: "失败",
      unknown: "未知",
      skipped: "未发送",
    },
    task: { open: "待处理", done: "已完成", expired: "已超时", cancelled: "不再需要" },
    coupon: { issued: "可用", redeemed: "已使用", void: "已作废", expired: "已过期" },
    offer: { active: "启用", inactive: "停用", paused: "停用", archived: "已归档" },
    channel: { sms: "短信", email: "邮件", push: "推送" },
    purpose: { marketing: "营销", service: "服务", transactional: "服务" },
    tier: { basic: "普通", silver: "银卡", gold: "金卡", platinum: "白金", diamond: "钻石" },
  },
});
