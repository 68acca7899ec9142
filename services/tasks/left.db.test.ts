import { describe, expect, it } from "vitest";
import { approval } from "@/core/journey/kinds/approval";
import { staffTask } from "@/core/journey/kinds/staff-task";
import { survey } from "@/core/journey/kinds/survey";
import { peek, sql } from "@/platform/db";
import { actor } from "@/tests/harness/actor";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Link, line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { exitRun, moveRun } from "../engine/operations/one";
import { stopJourney } from "../journeys/operating/stop";
import { answerTask } from "./answer";
import { cancelLeft } from "./cancel-left";
import { completeTask } from "./complete";
import { decideTask } from "./decide";
import { getTask } from "./get";
import { listTasks } from "./list";

await database();

const KINDS = {
  "staff-task": {
    initial: staffTask.initial,
    port: "done",
    close: (own: Shop, task: string) => call(completeTask, own.actor(), { task, outcome: "done" }),
  },
  approval: {
    initial: approval.initial,
    port: "approved",
    close: (own: Shop, task: string) =>
      call(decideTask, actor(own.workspace, "store_manager"), { task, decision: "approved" }),
  },
  survey: {
    initial: survey.initial,
    port: "high",
    close: (own: Shop, task: string) => call(answerTask, own.actor(), { task, answers: { rating: 5 } }),
  },
} as const;
type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as Kind[];

const rest: Link = [{ id: "rest", kind: "delay", config: { for: "P9D" } }, "next"];
const asking = (kind: Kind, config: object = {}): Link => [
  {
    id: "ask",
    kind,
    config: { ...KINDS[kind].initial, ...(kind === "approval" && { role: "store_manager" }), ...config },
  },
  KINDS[kind].port,
];
const drawn = (kind: Kind, config: object = {}, settings: object = {}) => ({
  ...line([asking(kind, config), rest]),
  ...settings,
});

/** A journey through its doors, and a task of it that waits for its answer. */
async function asked(own: Shop, kind: Kind, document: object) {
  const journey = await published(own, document);
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const goOn = async () => {
    await workAll(own.workspace);
    await dispatchAll();
    await conductAll(journey.shard);
  };
  await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "A-7" }) }]);
  await goOn();
  const open = async () => value(await call(listTasks, own.actor(), {})).items;
  const [task] = await open();
  const [run] = await runsOf(journey.id);
  if (!task || !run) throw new Error("nobody was asked");
  return {
    journey: journey.id,
    member,
    goOn,
    open,
    run: run.id,
    task: task.id,
    told: async () => value(await call(getTask, own.actor(), { task: task.id })),
    close: () => KINDS[kind].close(own, task.id),
    stands: async () => (await runsOf(journey.id)).map(({ step, state }) => `${step} ${state}`),
  };
}

describe.each(kinds)("the time of a task (%s)", (kind) => {
  /** So long ago it was asked. */
  const back = (hours: number, run: string) =>
    peek(sql`
      WITH t AS (UPDATE task SET opened_at = opened_at - make_interval(hours => ${hours}), due_at = due_at - make_interval(hours => ${hours}) WHERE run_id = ${run})
      UPDATE run SET parked_at = parked_at - make_interval(hours => ${hours}), due_at = due_at - make_interval(hours => ${hours}) WHERE id = ${run}`);

  it.each(["before", "after"])(
    "is longer as a publish makes it longer, %s its run is brought to that version",
    async (when) => {
      const own = await shop();
      const { goOn, open, run, close, stands, journey } = await asked(own, kind, drawn(kind, { within: "PT1H" }));
      await back(2, run);
      await republish(own, journey, drawn(kind, { within: "PT10H" }));
      if (when === "after") {
        await workAll(own.workspace);
        const [due] = await peek<{ at: Date }>(sql`SELECT due_at AS at FROM run WHERE id = ${run}`);
        expect((await open()).map(({ dueAt }) => dueAt)).toEqual([due?.at]);
      }
      expect(await close()).toMatchObject({ ok: true });
      await goOn();
      expect(await stands()).toEqual(["rest.start parked"]);
    },
  );

  it.each(["before", "after"])(
    "is over as a publish makes it shorter, %s its run is brought to that version",
    async (when) => {
      const own = await shop();
      const { goOn, run, close, told, journey } = await asked(own, kind, drawn(kind, { within: "PT10H" }));
      await back(2, run);
      await republish(own, journey, drawn(kind, { within: "PT1H" }));
      if (when === "after") await workAll(own.workspace);
      expect(await close()).toMatchObject({ reason: "expired" });
      await goOn();
      expect(await told()).toMatchObject({ state: "expired", noLonger: null });
    },
  );
});

describe("whose a task is, and what it says", () => {
  const config = { title: "Call {{ member.name }}", role: "store_manager" };

  it.each(["before", "after"])("goes by the role that a publish names, %s its run is brought to it", async (when) => {
    const own = await shop();
    const { open, journey, task } = await asked(own, "staff-task", drawn("staff-task", config));
    await republish(own, journey, drawn("staff-task", { ...config, role: "ops" }));
    if (when === "after") await workAll(own.workspace);
    expect((await open()).map(({ role }) => role)).toEqual(["ops"]);
    const of = async (role: string) => value(await call(listTasks, own.actor(), { role })).items.length;
    expect([await of("ops"), await of("store_manager")]).toEqual([1, 0]);
    const by = (role: Parameters<typeof actor>[1]) =>
      call(completeTask, actor(own.workspace, role), { task, outcome: "done" });
    expect(await by("store_manager")).toMatchObject({ reason: "not_allowed" });
    expect(await by("ops")).toMatchObject({ ok: true });
  });

  it("is told anew by a publish that says it otherwise, and escalates by it, counted from when it was opened", async () => {
    const own = await shop();
    const { open, journey, run, close } = await asked(own, "staff-task", drawn("staff-task", config));
    await peek(sql`UPDATE task SET opened_at = opened_at - interval '2 hours' WHERE run_id = ${run}`);
    const escalation = (duration: string) => ({ is: "after", duration, role: "ops" });
    const now = { title: "Ring about {{ event.order_id }}", instructions: "Ask {{ member.name }}", severity: "urgent" };
    await republish(own, journey, drawn("staff-task", { ...config, ...now, escalation: escalation("PT1H") }));
    await workAll(own.workspace);
    const [told] = await open();
    expect(told).toMatchObject({ title: "Ring about A-7", instructions: "Ask Member 1", severity: "urgent" });
    expect(told?.escalatedTo).toBe("ops");
    await republish(own, journey, drawn("staff-task", { ...config, ...now, escalation: escalation("PT3H") }));
    await workAll(own.workspace);
    expect((await open()).map(({ escalatedTo }) => escalatedTo)).toEqual([null]);
    expect(await close()).toMatchObject({ ok: true });
  });

  it("keeps the words it was opened with where its template is the same, and what is closed stays as it was", async () => {
    const own = await shop();
    const { open, journey, member, close, told } = await asked(own, "staff-task", drawn("staff-task", config));
    await peek(sql`UPDATE member SET name = 'Somebody else' WHERE id = ${member}`);
    await republish(own, journey, drawn("staff-task", { ...config, severity: "low" }));
    await workAll(own.workspace);
    expect(await open()).toMatchObject([{ title: "Call Member 1", severity: "low" }]);
    expect(await close()).toMatchObject({ ok: true });
    await republish(own, journey, drawn("staff-task", { ...config, title: "Write" }));
    await workAll(own.workspace);
    expect(await told()).toMatchObject({ title: "Call Member 1", state: "done" });
  });
});

describe.each(kinds)("what nobody need do any more (%s)", (kind) => {
  it("is closed when its member is moved to another step, and open again when they are brought back", async () => {
    const own = await shop();
    const { goOn, open, run, task, told, close, stands } = await asked(own, kind, drawn(kind));
    value(await call(moveRun, own.actor(), { run, to: "rest" }));
    expect(await open()).toEqual([]);
    expect(await told()).toMatchObject({
      state: "cancelled",
      noLonger: { en: "the member was moved to another step", "zh-CN": "该会员已被移到其他步骤" },
    });
    expect(await close()).toMatchObject({
      reason: "conflict",
      detail: "it is no longer needed: the member was moved to another step",
      chinese: "不再需要：该会员已被移到其他步骤",
    });
    await goOn();
    value(await call(moveRun, own.actor(), { run, to: "ask" }));
    await goOn();
    expect((await open()).map(({ id }) => id)).toEqual([task]);
    expect(await close()).toMatchObject({ ok: true });
    await goOn();
    expect(await stands()).toEqual(["rest.start parked"]);
  });

  it.each(["before", "after"])(
    "is refused when a publish takes its member elsewhere, %s that is done",
    async (when) => {
      const own = await shop();
      const { open, told, close, journey } = await asked(own, kind, drawn(kind));
      await republish(own, journey, line([rest]), { ask: { is: "move", to: "rest" } });
      if (when === "after") {
        await workAll(own.workspace);
        expect((await told()).noLonger?.en).toBe("a new version of the journey took the member from this step");
      }
      expect(await open()).toEqual([]);
      expect(await close()).toMatchObject({ reason: "conflict" });
    },
  );
});

it.each(["before", "after"])(
  "a task ends with its node when another kind takes its place, %s that is done",
  async (when) => {
    const own = await shop();
    const { open, told, close, goOn, journey } = await asked(own, "staff-task", drawn("staff-task"));
    await republish(own, journey, drawn("approval", { within: staffTask.initial.within }));
    if (when === "after") {
      await goOn();
      expect(await told()).toMatchObject({ state: "cancelled" });
    }
    expect(await open()).toEqual([]);
    expect(await close()).toMatchObject({ reason: "conflict" });
  },
);

it.each([
  ["is taken out", "the member was taken out of the journey"],
  ["reaches the goal", "the member reached the journey's goal"],
  ["leaves by an exit", "the member left the journey"],
  ["is in a journey that is stopped", "the journey was stopped"],
] as const)("a task is closed when its member %s, and says so", async (how, says) => {
  const own = await shop();
  const goal = { on: "store_visit", when: { all: [] } };
  const document = drawn("staff-task", {}, { goal, exits: [{ on: "refund", when: { all: [] } }] });
  const { goOn, open, told, close, run, member, journey } = await asked(own, "staff-task", document);
  if (how === "is taken out") value(await call(exitRun, own.actor(), { run }));
  if (how === "is in a journey that is stopped") value(await call(stopJourney, own.actor(), { journey }));
  if (how === "reaches the goal") await accept(own, [{ member, event: event("store_visit") }]);
  if (how === "leaves by an exit") await accept(own, [{ member, event: event("refund") }]);
  await goOn();
  expect(await open()).toEqual([]);
  expect(await told()).toMatchObject({ state: "cancelled", noLonger: { en: says } });
  expect(await close()).toMatchObject({ reason: "conflict", detail: `it is no longer needed: ${says}` });
});

it("a task whose run failed is nobody's until that is retried, and is kept for it", async () => {
  const own = await shop();
  const { open, told, run } = await asked(own, "staff-task", drawn("staff-task"));
  await peek(sql`UPDATE run SET state = 'failed', ended_at = now() WHERE id = ${run}`);
  await cancelLeft(new Date());
  expect(await open()).toEqual([]);
  expect(await told()).toMatchObject({ state: "open" });
});
