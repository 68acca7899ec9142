import { z } from "zod";
import { asking, askingSteps } from "../asking";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { Escalation, SEVERITIES, STAFF, STAFF_OPTIONS, STORES, TaskOutcomes } from "../parts/staff";

const Config = z.strictObject({
  title: field(z.string().trim().min(1, "say what is to be done").max(200), {
    field: "template",
    label: { en: "What is to be done", "zh-CN": "任务内容" },
  }),
  instructions: field(z.string().trim().max(3000), {
    field: "template",
    multiline: true,
    label: { en: "How, and what to know", "zh-CN": "说明" },
  }),
  role: field(z.enum(STAFF), { field: "choice", label: { en: "For", "zh-CN": "指派给" }, options: [...STAFF_OPTIONS] }),
  store: field(z.enum(STORES), {
    field: "choice",
    label: { en: "Of the store", "zh-CN": "所属门店" },
    options: [
      { value: "any", label: { en: "Any", "zh-CN": "不限" } },
      { value: "entry", label: { en: "Of the event", "zh-CN": "事件所在" } },
      { value: "joined", label: { en: "Joined at", "zh-CN": "入会门店" } },
    ],
  }),
  severity: field(z.enum(SEVERITIES), {
    field: "choice",
    label: { en: "Severity", "zh-CN": "紧急程度" },
    options: [
      { value: "low", label: { en: "Low", "zh-CN": "低" } },
      { value: "normal", label: { en: "Normal", "zh-CN": "普通" } },
      { value: "high", label: { en: "High", "zh-CN": "高" } },
      { value: "urgent", label: { en: "Urgent", "zh-CN": "紧急" } },
    ],
  }),
  outcomes: field(TaskOutcomes, {
    field: "outcomes",
    label: { en: "How it may end", "zh-CN": "可选结果" },
    help: {
      en: "Each is a button for the staff, and a way on from here.",
      "zh-CN": "每项是员工可点的按钮，也是一条后续路径。",
    },
  }),
  within: field(IsoDuration, { field: "duration", label: { en: "Due within", "zh-CN": "完成期限" } }),
  escalation: field(Escalation, { field: "escalation", label: { en: "Escalate", "zh-CN": "升级" } }),
});
type Config = z.infer<typeof Config>;

export const staffTask: NodeKind<Config> = {
  family: "action",
  icon: "task",
  name: { en: "Staff task", "zh-CN": "员工待办" },
  about: {
    en: "Asks somebody of the staff to do something, and goes on by how it ended.",
    "zh-CN": "请员工处理一件事，并按处理结果继续。",
  },
  config: Config,
  initial: {
    title: "Call {{ member.name }} · 致电{{ member.name }}",
    instructions: "",
    role: "store_manager",
    store: "any",
    severity: "normal",
    outcomes: [
      { id: "done", name: "Done · 已完成" },
      { id: "not_reached", name: "Not reached · 未联系上" },
    ],
    within: "P2D",
    escalation: { is: "none" },
  },
  ports: ({ outcomes }) => [
    ...outcomes.map(({ id, name }) => ({ id, name: { en: name, "zh-CN": name } })),
    { id: "timeout", name: { en: "time is up", "zh-CN": "超时" }, tone: "late" as const },
  ],
  says: ({ title, within }) => ({
    text: { en: "{title}, within {duration}", "zh-CN": "{title}，{duration}内" },
    values: { title: { as: "text", text: title }, duration: { as: "duration", duration: within } },
    needsKind: true,
  }),
  steps: () =>
    askingSteps({
      ask: { en: "Open the task", "zh-CN": "创建待办" },
      wait: { en: "Wait for the staff", "zh-CN": "等待员工处理" },
      came: { en: "handled", "zh-CN": "已处理" },
      close: { en: "Close the task", "zh-CN": "关闭待办" },
    }),
  compile: ({ title, instructions, role, store, severity, outcomes, within, escalation }) =>
    asking(
      [
        {
          type: "openTask",
          kind: "task",
          title,
          instructions,
          severity,
          role,
          store,
          within,
          escalation,
          outcomes,
          questions: [],
        },
      ],
      {
        on: "task_completed",
        within,
        cases: outcomes.map(({ id }) => ({ port: id, when: { field: "here.answer.outcome", is: "eq", value: id } })),
        otherwise: "timeout",
        late: "timeout",
      },
    ),
};
