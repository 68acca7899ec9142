import type { Text } from "../text";

/** What an action was done to, and the input's field that names it. */
export const THINGS = [
  "journey",
  "run",
  "broadcast",
  "job",
  "member",
  "segment",
  "offer",
  "coupon",
  "redemption",
  "message",
  "task",
  "store",
  "merchant",
  "key",
  "person",
  "view",
  "letter",
  "workspace",
] as const;
export type Thing = (typeof THINGS)[number];
type Action = { of: Thing; says: Text };

const did = (of: Thing, en: string, zh: string): Action => ({ of, says: { en, "zh-CN": zh } });

/** Everything that is audited, in the words of whoever reads the audit: "Lin Xia · published a journey". A use case's `audit` is a key of this: a thing and a past participle. */
export const auditActions = {
  "journey.created": did("journey", "made a journey", "新建了旅程"),
  "journey.saved": did("journey", "changed a journey's draft", "修改了旅程草稿"),
  "journey.published": did("journey", "published a journey", "发布了旅程"),
  "journey.publish_asked": did("journey", "asked to publish a journey", "申请发布旅程"),
  "journey.publish_decided": did("journey", "decided on publishing a journey", "审批了旅程的发布"),
  "journey.publish_withdrawn": did("journey", "withdrew a request to publish", "撤回了发布申请"),
  "journey.version_commented": did("journey", "commented on a version of a journey", "评论了旅程的版本"),
  "journey.paused": did("journey", "paused a journey", "暂停了旅程"),
  "journey.resumed": did("journey", "resumed a journey", "恢复了旅程"),
  "journey.stopped": did("journey", "stopped a journey", "停止了旅程"),
  "journey.archived": did("journey", "archived a journey", "归档了旅程"),
  "journey.unarchived": did("journey", "brought a journey back from the archive", "从归档恢复了旅程"),
  "journey.duplicated": did("journey", "duplicated a journey", "复制了旅程"),
  "journey.restored": did("journey", "restored a version of a journey", "还原了旅程的旧版本"),
  "journey.relabelled": did("journey", "changed a journey's labels", "修改了旅程标签"),
  "journey.called": did("journey", "let members into a journey", "让会员进入了旅程"),
  "broadcast.asked": did("journey", "planned a broadcast", "安排了群发"),
  "broadcast.paused": did("broadcast", "paused a broadcast", "暂停了群发"),
  "broadcast.resumed": did("broadcast", "resumed a broadcast", "恢复了群发"),
  "broadcast.cancelled": did("broadcast", "cancelled a broadcast", "取消了群发"),
  "run.woken": did("run", "woke a run", "唤醒了运行"),
  "run.retried": did("run", "retried a run", "重试了运行"),
  "run.moved": did("run", "moved a run to another step", "将运行移到其他步骤"),
  "run.exited": did("run", "took a member out of a journey", "将会员移出旅程"),
  "runs.operated": did("journey", "operated on many runs", "批量处理了运行"),
  "job.cancelled": did("job", "cancelled a background job", "取消了后台任务"),
  "member.tagged": did("member", "tagged a member", "为会员添加了标签"),
  "member.untagged": did("member", "took a tag from a member", "移除了会员标签"),
  "member.merge_asked": did("member", "asked to merge two members", "申请合并两位会员"),
  "member.merged": did("member", "merged two members", "合并了两位会员"),
  "consent.granted": did("member", "recorded a member's consent", "登记了会员的同意"),
  "consent.withdrawn": did("member", "recorded a member's withdrawal of consent", "登记了会员撤回同意"),
  "suppression.added": did("message", "put an address on the suppression list", "将地址加入屏蔽名单"),
  "suppression.lifted": did("message", "took an address off the suppression list", "将地址移出屏蔽名单"),
  "segment.created": did("segment", "made a segment", "新建了分群"),
  "segment.updated": did("segment", "changed a segment", "修改了分群"),
  "segment.removed": did("segment", "deleted a segment", "删除了分群"),
  "offer.created": did("offer", "made an offer", "新建了优惠"),
  "offer.updated": did("offer", "changed an offer", "修改了优惠"),
  "coupon.issued": did("offer", "issued a coupon by hand", "手动发放了优惠券"),
  "coupon.voided": did("coupon", "withdrew a coupon", "作废了优惠券"),
  "coupon.redeemed": did("coupon", "redeemed a coupon", "核销了优惠券"),
  "redemption.cancelled": did("redemption", "cancelled a redemption", "撤销了核销"),
  "points.earned": did("member", "gave a member points", "为会员增加了积分"),
  "points.spent": did("member", "spent a member's points", "扣减了会员积分"),
  "message.tested": did("message", "sent a test message", "发送了测试消息"),
  "message.complained": did("message", "reported a complaint about a message", "登记了消息投诉"),
  "sending.stopped": did("message", "stopped all sending", "停止了全部发送"),
  "sending.resumed": did("message", "resumed sending", "恢复了发送"),
  "task.completed": did("task", "closed a task", "完成了待办"),
  "approval.decided": did("task", "decided an approval", "作出了审批"),
  "survey.answered": did("task", "took down a survey's answers", "代填了问卷"),
  "store.created": did("store", "added a store", "新增了门店"),
  "store.updated": did("store", "changed a store", "修改了门店"),
  "store.closed": did("store", "closed a store", "关闭了门店"),
  "store.reopened": did("store", "opened a store again", "重新开放了门店"),
  "merchant.created": did("merchant", "added a merchant", "新增了商户"),
  "merchant.renamed": did("merchant", "renamed a merchant", "修改了商户名称"),
  "merchant.closed": did("merchant", "closed a merchant with its stores", "关闭了商户及其门店"),
  "merchant.reopened": did("merchant", "opened a merchant again", "重新开放了商户"),
  "key.created": did("key", "made a key", "新建了密钥"),
  "key.revoked": did("key", "revoked a key", "吊销了密钥"),
  "key.rotated": did("key", "replaced a key", "更换了密钥"),
  "person.invited": did("person", "let a colleague in", "添加了同事"),
  "person.role_changed": did("person", "changed a colleague's role", "修改了同事的角色"),
  "person.removed": did("person", "took a colleague's access away", "取消了同事的访问权限"),
  "person.password_renewed": did("person", "gave a colleague a new one-time password", "为同事生成了新的一次性密码"),
  "webhook.secret_shown": did("workspace", "looked at the webhook key", "查看了 Webhook 密钥"),
  "webhook.secret_rotated": did("workspace", "replaced the webhook key", "更换了 Webhook 密钥"),
  "view.saved": did("view", "kept a view", "保存了视图"),
  "view.changed": did("view", "changed a view", "修改了视图"),
  "view.removed": did("view", "deleted a view", "删除了视图"),
  "view.chosen": did("view", "chose the view a list opens with", "设置了列表的默认视图"),
  "list.exported": did("workspace", "exported a list", "导出了列表"),
  "event.tested": did("member", "sent a test event", "发送了测试事件"),
  "dead_letter.replayed": did(
    "letter",
    "tried a rejected event or a lost message again",
    "重试了被拒绝的事件或未送达的消息",
  ),
  "dead_letters.replayed": did(
    "letter",
    "tried rejected events and lost messages again",
    "批量重试了被拒绝的事件和未送达的消息",
  ),
  "dead_letters.set_aside": did("letter", "set rejected events aside", "搁置了被拒绝的事件"),
  "dead_letters.taken_back": did("letter", "took rejected events back", "取回了搁置的事件"),
  "dead_letter.corrected": did("letter", "corrected a rejected event and sent it again", "更正并重发了被拒绝的事件"),
  "message.sent_again": did("message", "sent messages again", "重发了消息"),
  "workspace.updated": did("workspace", "changed the settings", "修改了设置"),
  "demo.simulated": did("workspace", "switched the simulated customers", "切换了模拟顾客"),
  "demo.removed": did("workspace", "removed the demo's data", "移除了演示数据"),
} as const satisfies Record<string, Action>;
export type AuditAction = keyof typeof auditActions;

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActions, text);

/** What a thing is called, for the filter. */
export const thingNames: Record<Thing, Text> = {
  journey: { en: "Journeys", "zh-CN": "旅程" },
  run: { en: "Runs", "zh-CN": "运行" },
  broadcast: { en: "Broadcasts", "zh-CN": "群发" },
  job: { en: "Background jobs", "zh-CN": "后台任务" },
  member: { en: "Members", "zh-CN": "会员" },
  segment: { en: "Segments", "zh-CN": "分群" },
  offer: { en: "Offers", "zh-CN": "优惠" },
  coupon: { en: "Coupons", "zh-CN": "优惠券" },
  redemption: { en: "Redemptions", "zh-CN": "核销" },
  message: { en: "Messages", "zh-CN": "消息" },
  task: { en: "Tasks", "zh-CN": "待办" },
  store: { en: "Stores", "zh-CN": "门店" },
  merchant: { en: "Merchants", "zh-CN": "商户" },
  key: { en: "Keys", "zh-CN": "密钥" },
  person: { en: "Team", "zh-CN": "团队" },
  view: { en: "Views", "zh-CN": "视图" },
  letter: { en: "Rejected events", "zh-CN": "被拒绝的事件" },
  workspace: { en: "Workspace", "zh-CN": "工作区" },
};

/** The id of what an action was done to: named by its input, or made by it and told in its answer; none for what has no id. */
export function subjectOf(action: AuditAction, input: unknown, answer: unknown): string | undefined {
  const { of } = auditActions[action];
  // A new key's answer holds the key itself under that name, which no list may show.
  const id = textIn(input, of) ?? (of === "key" ? undefined : textIn(answer, of)) ?? textIn(answer, "id");
  return of !== "workspace" && id !== undefined && id.length <= 64 ? id : undefined;
}

const textIn = (value: unknown, key: string): string | undefined => {
  if (typeof value !== "object" || value === null || !(key in value)) return undefined;
  const found = (value as Record<string, unknown>)[key];
  return typeof found === "string" ? found : undefined;
};
