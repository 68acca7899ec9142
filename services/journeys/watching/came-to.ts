import type { MemberId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import type { Locale, Text } from "@/core/text";
import { sql, type Tx } from "@/platform/db";

type Sent = { run: string; channel: ChannelKind; state: string; reason: string | null; count: number };
type Given = { run: string; coupons: number; points: number };

/** What each of a member's runs has brought them so far, in one sentence; a run that gave and said nothing is absent. By the member's indexes. */
export async function cameTo(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  runs: readonly string[],
): Promise<Map<string, Text>> {
  if (runs.length === 0) return new Map();
  const ids = [...runs];
  const [sent, given] = await Promise.all([
    // A message that was sent again is told by the one that went instead.
    tx.rows<Sent>(sql`
      SELECT g.run_id AS run, g.channel, g.state, g.reason, count(*)::int AS count FROM message g
      WHERE g.workspace_id = ${workspace} AND g.member_id = ${member} AND g.run_id = ANY(${ids}::uuid[])
        AND NOT EXISTS (SELECT FROM message a WHERE a.workspace_id = g.workspace_id AND a.again_of = g.id)
      GROUP BY 1, 2, 3, 4 ORDER BY min(g.queued_at), 2, 3`),
    tx.rows<Given>(sql`
      SELECT run, sum(coupons)::int AS coupons, sum(points)::int AS points FROM (
        SELECT run_id AS run, 1 AS coupons, 0 AS points FROM coupon
        WHERE workspace_id = ${workspace} AND member_id = ${member} AND run_id = ANY(${ids}::uuid[])
        UNION ALL
        SELECT run_id, 0, points FROM points_entry
        WHERE workspace_id = ${workspace} AND member_id = ${member} AND run_id = ANY(${ids}::uuid[]) AND points > 0) AS given
      GROUP BY 1`),
  ]);
  const told = new Map<string, Text>();
  for (const run of ids) {
    const parts = [
      ...given.filter((one) => one.run === run).flatMap(givenSays),
      ...sent.filter((one) => one.run === run).map(sentSays),
    ];
    if (parts.length > 0)
      told.set(run, {
        en: `${sentence(parts.map(({ en }) => en).join("; "))}.`,
        "zh-CN": `${parts.map((part) => part["zh-CN"]).join("；")}。`,
      });
  }
  return told;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function givenSays({ coupons, points }: Given): Text[] {
  return [
    ...(coupons > 0
      ? [{ en: coupons === 1 ? "coupon issued" : `${coupons} coupons issued`, "zh-CN": `已发 ${coupons} 张券` }]
      : []),
    ...(points > 0 ? [{ en: `${points} points given`, "zh-CN": `已发 ${points} 积分` }] : []),
  ];
}

function sentSays({ channel, state, reason, count }: Sent): Text {
  const became = STATES[state] ?? { en: state, "zh-CN": state };
  const why = (state === "skipped" || state === "failed") && reason !== null ? becauseOf(reason) : undefined;
  const said = (locale: Locale) => {
    const many = count === 1 ? "" : locale === "en" ? ` ×${count}` : ` ${count} 条`;
    const name = CHANNELS[channel][locale] + many;
    if (locale === "en") return `${name} ${became.en}${why ? `: ${why.en}` : ""}`;
    return `${name}${many && " "}${became["zh-CN"]}${why ? `（${why["zh-CN"]}）` : ""}`;
  };
  return { en: said("en"), "zh-CN": said("zh-CN") };
}

const CHANNELS: Record<ChannelKind, Text> = {
  sms: { en: "SMS", "zh-CN": "短信" },
  email: { en: "email", "zh-CN": "邮件" },
  push: { en: "push", "zh-CN": "推送" },
};
const STATES: Record<string, Text> = {
  queued: { en: "still to be sent", "zh-CN": "待发送" },
  claimed: { en: "being sent", "zh-CN": "发送中" },
  accepted: { en: "sent", "zh-CN": "已发出" },
  delivered: { en: "delivered", "zh-CN": "已送达" },
  failed: { en: "failed", "zh-CN": "发送失败" },
  unknown: { en: "in doubt", "zh-CN": "结果未知" },
  skipped: { en: "not sent", "zh-CN": "未发送" },
};

/** A provider's own words stay as they came. */
const becauseOf = (reason: string): Text => REASONS[reason] ?? { en: reason, "zh-CN": reason };
const REASONS: Record<string, Text> = {
  no_address: { en: "no address", "zh-CN": "没有地址" },
  no_consent: { en: "no consent", "zh-CN": "未同意" },
  suppressed: { en: "address barred", "zh-CN": "地址已屏蔽" },
  expired: { en: "too late", "zh-CN": "已过期" },
  content_failed: { en: "its text could not be made", "zh-CN": "内容无法生成" },
  sensitive_tag: { en: "sensitive tag", "zh-CN": "敏感标签" },
  complaint_pause: { en: "complaint open", "zh-CN": "投诉处理中" },
  quiet_hours: { en: "quiet hours", "zh-CN": "免打扰时段" },
  frequency_cap: { en: "as many as the limits allow", "zh-CN": "已达频次上限" },
  over_budget: { en: "budget used up", "zh-CN": "预算已用完" },
  journey_stopped: { en: "journey stopped", "zh-CN": "旅程已停止" },
  left_journey: { en: "had left the journey", "zh-CN": "已退出旅程" },
  passed_over: { en: "passed over on resuming", "zh-CN": "恢复时跳过" },
};
