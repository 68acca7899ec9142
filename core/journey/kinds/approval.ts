import { z } from "zod";
import { asking, askingSteps } from "../asking";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { Escalation, STAFF, STAFF_OPTIONS } from "../parts/staff";

const Config = z.strictObject({
  title: field(z.string().trim().min(1, "say what is to be done").max(200), {
    field: "template",
    label: { en: "What is asked for", "zh-CN": "申请内容" },
  }),
  instructions: field(z.string().trim().max(3000), {
    field: "template",
    multiline: true,
    label: { en: "What to know before deciding", "zh-CN": "决定前须知" },
  }),
  role: field(z.enum(STAFF), {
    field: "choice",
    label: { en: "Decided by", "zh-CN": "审批人" },
    help: {
      en: "Nobody decides what they asked for themselves.",
      "zh-CN": "任何人都不能审批自己的申请。",
    },
    options: [...STAFF_OPTIONS],
  }),
  within: field(IsoDuration, { field: "duration", label: { en: "Deadline", "zh-CN": "审批期限" } }),
  escalation: field(Escalation, { field: "escalation", label: { en: "Escalate", "zh-CN": "升级" } }),
});
type Config = z.infer<typeof Config>;

export const approval: NodeKind<Config> = {
  family: "action",
  icon: "approval",
  name: { en: "Approval", "zh-CN": "审批" },
  about: {
    en: "Waits until somebody decides: approved, rejected, or too late.",
    "zh-CN": "等待审批：通过、拒绝，或超时。",
  },
  config: Config,
  initial: {
    title: "Approval for {{ member.name }} · 审批：{{ member.name }}",
    instructions: "",
    role: "approver",
    within: "P2D",
    escalation: { is: "none" },
  },
  ports: () => [
    { id: "approved", name: { en: "approved", "zh-CN": "通过" }, tone: "yes" },
    { id: "rejected", name: { en: "rejected", "zh-CN": "拒绝" }, tone: "no" },
    { id: "expired", name: { en: "time is up", "zh-CN": "超时" }, tone: "late" },
  ],
  says: ({ title, within }) => ({
    text: { en: "{title}, within {duration}", "zh-CN": "{title}，{duration}内" },
    values: { title: { as: "text", text: title }, duration: { as: "duration", duration: within } },
    needsKind: true,
  }),
  steps: () =>
    askingSteps({
      ask: { en: "Ask for approval", "zh-CN": "提交审批" },
      wait: { en: "Wait for the decision", "zh-CN": "等待审批决定" },
      came: { en: "decided", "zh-CN": "已决定" },
      close: { en: "Close the request", "zh-CN": "关闭审批" },
    }),
  compile: ({ title, instructions, role, within, escalation }) =>
    asking(
      [
        {
          type: "openTask",
          kind: "approval",
          title,
          instructions,
          severity: "normal",
          role,
          store: "any",
          within,
          escalation,
          outcomes: [
            { id: "approved", name: "approved" },
            { id: "rejected", name: "rejected" },
          ],
          questions: [],
        },
      ],
      {
        on: "approval_decided",
        within,
        cases: [{ port: "approved", when: { field: "here.answer.outcome", is: "eq", value: "approved" } }],
        otherwise: "rejected",
        late: "expired",
      },
    ),
};
