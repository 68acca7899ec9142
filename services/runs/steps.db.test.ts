import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { claim } from "@/services/messages/pumping/claim";
import { answerTask } from "@/services/tasks/answer";
import { completeTask } from "@/services/tasks/complete";
import { listTasks } from "@/services/tasks/list";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, republish } from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Actor } from "../access/actor";
import { getRun } from "./get";
import { listRuns } from "./list";

await database();

const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

async function begin(links: Link[]) {
  const own = await shop();
  const journey = await liveJourney(own, line(links));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const goOn = async () => {
    await dispatchAll();
    await conductAll(journey.shard);
  };
  await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "A-7", store: own.storeCode }) }]);
  await goOn();
  return { own, journey, goOn };
}
async function runOf(own: Shop) {
  const [found] = value(await call(listRuns, own.actor(), {})).items;
  return value(await call(getRun, own.actor(), { run: found?.id }));
}
/** As the page tells it: what each step does, how it went on, out of the node by which way, and why. */
const story = (run: Awaited<ReturnType<typeof runOf>>, locale: "en" | "zh-CN") =>
  run.steps.map((step) => [step.does, step.way, step.portName, step.says].map((words) => words?.[locale] ?? null));

const TASK: Link = [
  {
    id: "call",
    kind: "staff-task",
    config: {
      title: "Call {{ member.name }}",
      instructions: "",
      role: "store_manager",
      store: "any",
      severity: "high",
      outcomes: [
        { id: "happy", name: "Happy again" },
        { id: "way", name: "Still angry" },
      ],
      within: "P2D",
      escalation: { is: "none" },
    },
  },
  "way",
];

it("tells what each step of a staff task does, and where it waits, in both languages", async () => {
  const { own, goOn } = await begin([TASK, tagged("t", "angry")]);
  const standing = await runOf(own);
  expect(standing.standsAt).toMatchObject({ does: { en: "Wait for the staff", "zh-CN": "等待员工处理" } });
  const [task] = value(await call(listTasks, own.actor(), {})).items;
  const opened = { id: task?.id, kind: "task", title: "Call Member 1", answers: [] };
  expect(standing.steps).toMatchObject([{ step: "call.start", asked: { ...opened, state: "open", note: null } }]);
  value(await call(completeTask, own.actor(), { task: task?.id, outcome: "way", note: "Wants a refund" }));
  await goOn();
  const run = await runOf(own);
  expect(run.steps.map(({ asked }) => asked && [asked.id, asked.state, asked.note])).toEqual([
    [task?.id, "done", "Wants a refund"],
    null,
    null,
    null,
    null,
  ]);
  // A key without task.read learns neither the task nor what was noted.
  const key: Actor = { as: "key", workspace: own.workspace, key: "k", scopes: ["run.read"], name: "k" };
  expect(value(await call(getRun, key, { run: run.id })).steps[0]).toMatchObject({ step: "call.start", asked: null });
  expect(story(run, "en")).toEqual([
    ["Open the task", null, null, null],
    ["Wait for the staff", "handled", null, "This happened: Staff task done."],
    ["Note the answer", null, null, null],
    ["Go on by the answer", "Still angry", "Still angry", null],
    [null, null, null, null],
  ]);
  expect(story(run, "zh-CN").slice(0, 4)).toEqual([
    ["创建待办", null, null, null],
    ["等待员工处理", "已处理", null, "发生了：待办完成。"],
    ["记录答复", null, null, null],
    ["按答复继续", "Still angry", "Still angry", null],
  ]);
});

const words = (en: string, chinese: string) => ({ en, "zh-CN": chinese });
const SURVEY: Link = [
  {
    id: "ask",
    kind: "survey",
    config: {
      title: "Your visit",
      questions: [
        { is: "score", id: "stars", text: words("How was it?", "怎么样？"), most: 5, lowUpTo: 2 },
        {
          is: "choice",
          id: "again",
          text: words("Again?", "还来吗？"),
          options: [
            { id: "yes", name: words("Yes", "会") },
            { id: "no", name: words("No", "不会") },
          ],
        },
        { is: "text", id: "why", text: { en: "Why?" } },
      ],
      channel: "sms",
      purpose: "service",
      content: { sms: { en: { text: "{{ links.survey }}" } } },
      within: "P7D",
    },
  },
  "low",
];

it("tells what a member answered to a survey, an option by its name, and nothing of what they left open", async () => {
  const { own, goOn } = await begin([SURVEY, tagged("t", "low")]);
  const [survey] = value(await call(listTasks, own.actor(), { kind: "survey" })).items;
  expect((await runOf(own)).steps).toMatchObject([
    { asked: { id: survey?.id, kind: "survey", state: "open", answers: [] } },
  ]);
  value(await call(answerTask, own.actor(), { task: survey?.id, answers: { stars: 2, again: "no" } }));
  await goOn();
  const { steps } = await runOf(own);
  expect(steps[0]?.asked).toMatchObject({ title: "Your visit", state: "done" });
  expect(steps[0]?.asked?.answers).toEqual([
    { id: "stars", question: words("How was it?", "怎么样？"), answer: words("2 / 5", "2 / 5") },
    { id: "again", question: words("Again?", "还来吗？"), answer: words("No", "不会") },
  ]);
  expect(steps.at(-2)).toMatchObject({ portName: words("2 or less", "2 分及以下") });
});

it("tells of a message over several channels which arrived and which did not, and how long it waited", async () => {
  const content = {
    push: { en: { title: "Hello", body: "you" } },
    sms: { en: { text: "Hello" } },
  };
  const config = { channels: ["push", "sms"], purpose: "marketing", content, within: "PT1H", silence: "next" };
  const { own, goOn } = await begin([[{ id: "send", kind: "send-in-order", config }, "sent"]]);
  // The member has no browser that takes notifications.
  await claim(own.workspace, "push", 10, { worker: "c", provider: "p" });
  await goOn();
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE workspace_id = ${own.workspace} AND state = 'parked'`,
  );
  await goOn();
  const run = await runOf(own);
  expect(story(run, "en")).toEqual([
    ["Send by push", null, null, null],
    ["Wait until it arrives by push", "not delivered: by SMS then", null, "This happened: Message not sent."],
    ["Send by SMS", null, null, null],
    ["Wait until it arrives by SMS", "undeliverable", "undeliverable", "The time was up, after 1 hour."],
  ]);
  expect(story(run, "zh-CN")[1]).toEqual(["等待推送送达", "未送达，改用短信", null, "发生了：消息未发出。"]);
});

it("tells a step that a later version has no more as it was drawn", async () => {
  const { own, journey } = await begin([
    [{ id: "gone", kind: "if", config: { when: { all: [] } } }, "yes"],
    [{ id: "wait", kind: "delay", config: { for: "P1D" } }, "next"],
  ]);
  const plan = await republish(
    own,
    journey.id,
    line([[{ id: "wait", kind: "delay", config: { for: "P1D" } }, "next"]]),
    2,
  );
  await peek(sql`UPDATE run SET plan_id = ${plan.id} WHERE workspace_id = ${own.workspace}`);
  expect((await runOf(own)).steps).toMatchObject([
    { title: { en: "If" }, kind: "if", portName: { en: "yes", "zh-CN": "是" } },
  ]);
});
