import { describe, expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { survey } from "@/core/journey/kinds/survey";
import { peek, sql } from "@/platform/db";
import { actor } from "@/tests/harness/actor";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Actor } from "../access/actor";
import { actorFromApiKey } from "../access/actor-from-key";
import { createKey, rotateKey } from "../access/keys";
import { call } from "../access/use-case";
import { moveRun } from "../engine/operations/one";
import { pauseJourney } from "../journeys/operating/pause";
import { resumeJourney } from "../journeys/operating/resume";
import { answerSurvey, answerTask, readSurvey } from "./answer";
import { cancelLeft } from "./cancel-left";
import { completeTask } from "./complete";
import { decideTask } from "./decide";
import { getTask } from "./get";
import { listTasks } from "./list";
import { signSurvey } from "./survey-link";

await database();

const staffTask = (config: object = {}): Link => [
  {
    id: "call",
    kind: "staff-task",
    config: {
      title: "Call {{ member.name }} about {{ event.order_id }}",
      instructions: "Phone: {{ member.phone }}",
      role: "store_manager",
      store: "entry",
      severity: "high",
      outcomes: [
        { id: "happy", name: "Happy again" },
        { id: "angry", name: "Still angry" },
      ],
      within: "P2D",
      escalation: { is: "after", duration: "PT4H", role: "ops" },
      ...config,
    },
  },
  "angry",
];
const approval = (): Link => [
  {
    id: "ask",
    kind: "approval",
    config: { title: "Goodwill", instructions: "", role: "store_manager", within: "P1D", escalation: { is: "none" } },
  },
  "approved",
];

async function begin(own: Shop, links: Link[], count = 1) {
  const journey = await liveJourney(own, line(links));
  const all: MemberId[] = await members(own, count);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 1, order_id: "A-7", store: own.storeCode }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  const goOn = async () => {
    await dispatchAll();
    await conductAll(journey.shard);
  };
  return { journey, goOn };
}
async function open(own: Shop, role: Parameters<typeof actor>[1] = "owner") {
  const listed = await call(listTasks, actor(own.workspace, role), {});
  if (!listed.ok) throw new Error(listed.reason);
  return listed.value.items;
}

describe("a staff task", () => {
  it("is filled in for the member, and its outcome is the way on, remembered with its note", async () => {
    const own = await shop();
    const { journey, goOn } = await begin(own, [staffTask(), tagged("t", "angry")]);
    const [task] = await open(own);
    expect(task).toMatchObject({
      title: "Call Member 1 about A-7",
      instructions: "Phone: +8613800000001",
      severity: "high",
      role: "store_manager",
      store: own.store,
      state: "open",
      escalatedTo: null,
    });
    const manager = actor(own.workspace, "store_manager");
    expect(await call(completeTask, manager, { task: task?.id, outcome: "?" })).toMatchObject({ reason: "invalid" });
    expect(
      await call(completeTask, actor(own.workspace, "cashier"), { task: task?.id, outcome: "angry" }),
    ).toMatchObject({
      reason: "not_allowed",
    });
    expect(
      await call(completeTask, manager, { task: task?.id, outcome: "angry", note: "wants a refund" }),
    ).toMatchObject({
      ok: true,
    });
    expect(await call(completeTask, manager, { task: task?.id, outcome: "happy" })).toMatchObject({
      reason: "conflict",
    });
    await goOn();
    const [run] = await runsOf(journey.id);
    expect(run).toMatchObject({
      state: "done",
      vars: { call: { answer: { outcome: "angry", note: "wants a refund" } } },
    });
    expect(await peek(sql`SELECT tag FROM member_tag WHERE workspace_id = ${own.workspace}`)).toEqual([
      { tag: "angry" },
    ]);
    expect(await open(own)).toEqual([]);
  });

  const ended = (...ids: string[]): Link[] => [
    staffTask({ outcomes: ids.map((id) => ({ id, name: id })) }),
    tagged("t", "angry"),
  ];
  /** A journey through its doors, and a task of it that waits for an answer. */
  async function asked(own: Shop) {
    const journey = await published(own, line(ended("happy", "angry")));
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    const goOn = async () => {
      await dispatchAll();
      await conductAll(journey.shard);
    };
    await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "A-7" }) }]);
    await goOn();
    const [task] = await open(own);
    const ways = () => peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'call.way'`);
    return { journey, member, goOn, ways, task: task?.id ?? "" };
  }

  it.each(["before", "after"])("ends as it is published now, %s its run was brought to that version", async (when) => {
    const own = await shop();
    const { journey, goOn, ways, task } = await asked(own);
    await republish(own, journey.id, line(ended("later", "angry")));
    if (when === "after") await workAll(own.workspace);
    expect((await open(own))[0]?.outcomes.map(({ id }) => id)).toEqual(["later", "angry"]);
    expect(await call(completeTask, own.actor(), { task, outcome: "happy" })).toMatchObject({
      reason: "invalid",
      detail: "should be one of later, angry",
    });
    expect(await call(completeTask, own.actor(), { task, outcome: "later" })).toMatchObject({ ok: true });
    await workAll(own.workspace);
    await goOn();
    expect(await ways()).toEqual([{ port: "later" }]);
  });

  it.each(["before", "after"])(
    "ends as it was opened where a publish lets those at it stay, %s its run was told",
    async (when) => {
      const own = await shop();
      const { journey, goOn, ways, task } = await asked(own);
      await republish(own, journey.id, line(ended("later", "angry")), { call: { is: "stay" } });
      if (when === "after") await workAll(own.workspace);
      expect(await call(completeTask, own.actor(), { task, outcome: "later" })).toMatchObject({ reason: "invalid" });
      expect(await call(completeTask, own.actor(), { task, outcome: "happy" })).toMatchObject({ ok: true });
      await workAll(own.workspace);
      await goOn();
      expect(await ways()).toEqual([{ port: "happy" }]);
    },
  );

  it("is not answered by an outsider's event, whatever it names; the staff's answer counts", async () => {
    const own = await shop();
    const { member, goOn, ways, task } = await asked(own);
    for (const outcome of ["nope", "happy"]) {
      const sent = event("task_completed", { task_id: task, outcome });
      await accept(own, [{ member, event: { ...sent, type: "track" } }]);
    }
    await goOn();
    expect(await ways()).toEqual([]);
    expect(await call(completeTask, own.actor(), { task, outcome: "angry" })).toMatchObject({ ok: true });
    await goOn();
    expect(await ways()).toEqual([{ port: "angry" }]);
  });

  it("is not answered by an outsider's event that comes while its run is on its way back to it, either", async () => {
    const own = await shop();
    const { journey, member, goOn, ways, task } = await asked(own);
    value(await call(pauseJourney, own.actor(), { journey: journey.id }));
    const [run] = await runsOf(journey.id);
    value(await call(moveRun, own.actor(), { run: run?.id, to: "call" }));
    const sent = event("task_completed", { task_id: task, outcome: "happy" });
    await accept(own, [{ member, event: { ...sent, type: "track" } }]);
    await dispatchAll();
    value(await call(resumeJourney, own.actor(), { journey: journey.id, fellDue: "late" }));
    await workAll(own.workspace);
    await goOn();
    expect(await runsOf(journey.id)).toMatchObject([{ state: "parked" }]);
    expect(await ways()).toEqual([]);
    expect(await call(completeTask, own.actor(), { task, outcome: "happy" })).toMatchObject({ ok: true });
    await goOn();
    expect(await ways()).toEqual([{ port: "happy" }]);
  });

  it("is another role's too once it stayed open too long", async () => {
    const own = await shop();
    await begin(own, [staffTask()]);
    const [task] = await open(own);
    const ops = actor(own.workspace, "ops");
    const close = { task: task?.id, outcome: "happy" };
    expect(await call(completeTask, ops, close)).toMatchObject({ reason: "not_allowed" });
    await peek(sql`UPDATE task SET escalate_at = now() - interval '1 minute' WHERE workspace_id = ${own.workspace}`);
    expect((await open(own))[0]?.escalatedTo).toBe("ops");
    expect(await call(completeTask, ops, close)).toMatchObject({ ok: true });
  });

  it("expires with the wait for it, and cannot be closed afterwards", async () => {
    const own = await shop();
    const { journey, goOn } = await begin(own, [staffTask()]);
    const [task] = await open(own);
    await peek(sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${journey.id}`);
    await goOn();
    expect((await runsOf(journey.id))[0]?.state).toBe("done");
    expect(
      await peek(
        sql`SELECT step, port FROM journal WHERE workspace_id = ${own.workspace} AND step LIKE 'call.%' ORDER BY step`,
      ),
    ).toEqual([
      { step: "call.asked", port: "late" },
      { step: "call.late", port: "timeout" },
      { step: "call.start", port: "asked" },
    ]);
    expect(
      await call(completeTask, actor(own.workspace, "store_manager"), { task: task?.id, outcome: "happy" }),
    ).toMatchObject({ reason: "expired" });
  });

  it("is nobody's any more when its run has ended, and is cancelled in time", async () => {
    const own = await shop();
    const { journey } = await begin(own, [staffTask()]);
    const [task] = await open(own);
    await peek(sql`UPDATE run SET state = 'exited' WHERE journey_id = ${journey.id}`);
    expect(await open(own)).toEqual([]);
    expect(await call(completeTask, actor(own.workspace), { task: task?.id, outcome: "happy" })).toMatchObject({
      reason: "conflict",
    });
    await cancelLeft(new Date());
    expect(await peek(sql`SELECT state FROM task WHERE workspace_id = ${own.workspace}`)).toEqual([
      { state: "cancelled" },
    ]);
  });

  it("lets exactly one of many who close it at once do so", async () => {
    const own = await shop();
    const { journey, goOn } = await begin(own, [staffTask()]);
    const [task] = await open(own);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        call(completeTask, actor(own.workspace), { task: task?.id, outcome: i % 2 ? "happy" : "angry" }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    await goOn();
    expect((await runsOf(journey.id))[0]?.state).toBe("done");
  });

  it("is opened once however often its step is conducted, for many members at once", async () => {
    const own = await shop();
    const { journey, goOn } = await begin(own, [staffTask()], 60);
    await goOn();
    expect(await runsOf(journey.id)).toHaveLength(60);
    expect(await peek(sql`SELECT count(*)::int AS count FROM task WHERE workspace_id = ${own.workspace}`)).toEqual([
      { count: 60 },
    ]);
  });
});

it("a survey asks what is published now, of whoever opens its link and of the staff", async () => {
  const own = await shop();
  const asking = (id: string): Link => [
    {
      id: "ask",
      kind: "survey",
      config: {
        ...survey.initial,
        questions: [{ is: "score", id, text: { en: "How?", "zh-CN": "如何？" }, most: 5, lowUpTo: 3 }],
      },
    },
    "high",
  ];
  const journey = await published(own, line([asking("before")]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "A-7" }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const [task] = await open(own);
  await republish(own, journey.id, line([asking("after")]));
  expect((await open(own))[0]?.questions).toMatchObject([{ id: "after" }]);
  const token = signSurvey(own.workspace, task?.id ?? "");
  expect(await readSurvey(token, new Date())).toMatchObject({ state: "open", questions: [{ id: "after" }] });
  expect(await call(answerTask, own.actor(), { task: task?.id, answers: { before: 5 } })).toMatchObject({
    reason: "invalid",
    path: ["answers", "after"],
  });
  expect(await answerSurvey(token, { after: 5 }, new Date())).toMatchObject({ ok: true });
  // Its page tells what was answered beside what was asked.
  expect(await call(getTask, own.actor(), { task: task?.id })).toMatchObject({
    value: { state: "done", answers: { after: 5 }, questions: [{ id: "after" }] },
  });
  await dispatchAll();
  await conductAll(journey.shard);
  const ways = await peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'ask.way'`);
  expect(ways).toEqual([{ port: "high" }]);
});

describe("an approval", () => {
  it("is not given by the maker of the key that asked for it", async () => {
    const own = await shop();
    const { goOn } = await begin(own, [staffTask(), approval(), tagged("t", "approved")]);
    const maker = actor(own.workspace, "owner");
    const made = await call(createKey, maker, { kind: "secret", name: "program", scopes: ["*"] });
    if (!made.ok) throw new Error("no key");
    const again = await call(rotateKey, maker, { key: made.value.id });
    const program = again.ok && (await actorFromApiKey(again.value.key));
    if (!program) throw new Error("no program");
    const [task] = await open(own);
    expect(await call(completeTask, program, { task: task?.id, outcome: "angry" })).toMatchObject({ ok: true });
    await goOn();
    const [request] = await open(own);
    const decide = { task: request?.id, decision: "approved" };
    expect(await call(decideTask, maker, decide)).toMatchObject({ reason: "not_allowed" });
    expect(await call(decideTask, actor(own.workspace, "store_manager"), decide)).toMatchObject({ ok: true });
    expect(
      await peek(sql`SELECT subject FROM audit WHERE workspace_id = ${own.workspace} AND subject ~ '^[sw]k_'`),
    ).toEqual([]);
  });
  it("is never given by whoever asked for it, an owner either", async () => {
    const own = await shop();
    const { journey, goOn } = await begin(own, [staffTask(), approval(), tagged("t", "approved")]);
    const asking = actor(own.workspace, "owner");
    const [task] = await open(own);
    await call(completeTask, asking, { task: task?.id, outcome: "angry" });
    await goOn();
    const [request] = await open(own);
    expect(request?.kind).toBe("approval");
    const decide = { task: request?.id, decision: "approved" };
    expect(await call(decideTask, asking, decide)).toMatchObject({ reason: "not_allowed" });
    const program: Actor = { as: "key", workspace: own.workspace, key: "k", scopes: ["*"], name: "a program" };
    expect(await call(decideTask, program, decide)).toMatchObject({ reason: "not_allowed" });
    expect(await call(decideTask, actor(own.workspace, "approver"), decide)).toMatchObject({ reason: "not_allowed" });
    expect(await call(decideTask, actor(own.workspace, "store_manager"), decide)).toMatchObject({ ok: true });
    await goOn();
    expect((await runsOf(journey.id))[0]?.state).toBe("done");
    expect(await peek(sql`SELECT tag FROM member_tag WHERE workspace_id = ${own.workspace}`)).toEqual([
      { tag: "approved" },
    ]);
    expect(await peek(sql`SELECT action FROM audit WHERE workspace_id = ${own.workspace} ORDER BY at`)).toEqual([
      { action: "task.completed" },
      { action: "approval.decided" },
    ]);
  });

  it("goes by its own ways when rejected", async () => {
    const own = await shop();
    const { goOn } = await begin(own, [approval()]);
    const [request] = await open(own);
    await call(decideTask, actor(own.workspace), { task: request?.id, decision: "rejected" });
    await goOn();
    expect(
      await peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'ask.way'`),
    ).toEqual([{ port: "rejected" }]);
  });
});
