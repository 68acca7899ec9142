import type { Text } from "../text";

const text = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/** What the catalogue's own values are called, by the property that holds them. */
const VALUES: Record<string, Record<string, Text>> = {
  channel: {
    store: text("store", "门店"),
    online: text("online", "线上"),
    sms: text("SMS", "短信"),
    email: text("email", "邮件"),
    push: text("push", "推送"),
  },
  gender: { female: text("female", "女"), male: text("male", "男"), other: text("other", "其他") },
  method: {
    qr: text("QR code", "扫码"),
    till: text("till", "收银台"),
    "mini-program": text("mini-program", "小程序"),
  },
  tier: {
    basic: text("Basic", "普通"),
    silver: text("Silver", "银卡"),
    gold: text("Gold", "金卡"),
    platinum: text("Platinum", "白金"),
    diamond: text("Diamond", "钻石"),
  },
  action: { added: text("added", "添加"), removed: text("removed", "移除"), updated: text("updated", "更新") },
  outcome: { approved: text("approved", "批准"), rejected: text("rejected", "驳回") },
  // Why points moved, where our own ledgers, or the demo, say it.
  reason: {
    purchase: text("purchase", "消费"),
    expired: text("expired", "到期"),
    "members merged": text("members merged", "会员合并"),
  },
  verdict: { allow: text("allow", "放行"), hold: text("hold", "暂扣"), restrict: text("restrict", "限制") },
};
const SAME_AS: Record<string, string> = { previous: "tier", previous_tier: "tier" };

/** A value in words, where the catalogue knows it. */
export function valueName(property: string, value: string): Text | undefined {
  const known = VALUES[SAME_AS[property] ?? property];
  return known && Object.hasOwn(known, value) ? known[value] : undefined;
}
