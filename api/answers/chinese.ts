import type { Refusal } from "@/core/refusals";
import { SENTENCES } from "./sentences";

/** The titles of problems for readers of Chinese. */
export const TITLES = {
  not_found: "不存在",
  not_allowed: "没有权限",
  not_signed_in: "未登录",
  somebody_else: "登录者已换人",
  invalid: "内容有误",
  conflict: "与现状冲突",
  too_large: "内容过大",
  too_many_requests: "请求过于频繁",
  busy: "系统繁忙",
  key_reused: "幂等键已用于其他内容",
  wrong_method: "请求方法不对",
  wrong_content_type: "内容类型不对",
  out_of_stock: "库存不足",
  over_cap: "超出限额",
  offer_inactive: "优惠未启用",
  held: "风控复核中",
  refused: "已拒绝",
  coupon_redeemed: "优惠券已使用",
  coupon_expired: "优惠券已过期",
  coupon_void: "优惠券已作废",
  coupon_of_other_member: "优惠券属于其他会员",
  order_has_coupon: "订单已用过优惠券",
  below_threshold: "未达到使用门槛",
  no_discount: "没有可减金额",
  store_not_eligible: "门店不适用",
  redemption_cancelled: "核销已撤销",
  not_enough_points: "积分不足",
  has_problems: "旅程存在问题",
  revision_changed: "内容已被修改",
  not_live: "旅程未在运行",
  too_deep: "旅程层级过深",
  not_a_number: "属性的值不是数字",
  beyond_number: "数值过大",
  no_value: "事件中没有该值",
  not_keepable: "该值不能存为属性",
  journey_stopped: "旅程已停止",
  passed_over: "已略过",
  left_on_publish: "发布时退出",
  left_on_resume: "恢复时退出",
  taken_out: "已被移出",
  left_journey: "已退出旅程",
  no_address: "没有联系方式",
  no_consent: "未获同意",
  suppressed: "已屏蔽",
  expired: "已过期",
  content_failed: "内容无法生成",
  sensitive_tag: "敏感标签",
  complaint_pause: "投诉期间暂停",
  quiet_hours: "免打扰时段",
  frequency_cap: "超出频次上限",
  over_budget: "超出预算",
  needs_approval: "需要审批",
} as const satisfies Record<Refusal, string>;

/** `{}` stands for whatever a sentence was filled with, the same number of times on both sides and in the same order. */
const PATTERNS = Object.entries(SENTENCES).map(([english, chinese]) => ({
  says: new RegExp(`^${english.split("{}").map(escaped).join("([^]+?)")}$`),
  chinese,
}));

/** A refusal's detail for readers of Chinese; as it is where only its English is known. */
export function detailInChinese(detail: string): string {
  for (const { says, chinese } of PATTERNS) {
    const found = says.exec(detail);
    if (!found) continue;
    const filled = found.slice(1)[Symbol.iterator]();
    return chinese.replaceAll("{}", () => String(filled.next().value ?? ""));
  }
  return detail;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
