import { expect, it } from "vitest";
import type { JobId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { workOn } from "@/services/engine/jobs/work";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { stopJourney } from "../operating/stop";
import { publishJourney } from "../publishing/publish";
import { memberVerdicts } from "./verdicts";
import { ask, happened, paid, scene } from "./why-not-harness";

await database();

async function stopped(own: Shop, journey: string): Promise<void> {
  value(await call(stopJourney, own.actor(), { journey }));
  const jobs = await peek<{ id: JobId }>(
    sql`SELECT id FROM job WHERE journey_id = ${journey} AND kind = 'stop' AND state = 'running'`,
  );
  for (const { id } of jobs) while ((await workOn(own.workspace, id)) === "moved");
}

it("says of an event to a stopped journey that it was stopped then, also when it has been published again", async () => {
  const { own, journey, gold } = await scene();
  await stopped(own, journey.id);
  expect((await ask(own, journey.id, gold)).says).toEqual({
    en: "This journey is stopped: nobody enters it. It never took this member in.",
    "zh-CN": "此旅程已停止，不再接收会员。它从未接收过该会员。",
  });
  const during = await happened(own, gold, paid(12_000));
  const of = async (id: string) => (await ask(own, journey.id, gold)).considered.find((one) => one.event?.id === id);
  expect(await of(during.id)).toMatchObject({
    outcome: "stopped",
    says: { en: "The journey was stopped then: a stopped journey takes nobody in." },
  });
  const answer = await ask(own, journey.id, gold);
  expect(answer.says.en).toMatch(/^This journey is stopped: nobody enters it\./);
  const { items } = value(await call(memberVerdicts, own.actor(), { member: gold }));
  expect(items).toMatchObject([{ state: "stopped", verdict: answer.verdict, says: answer.says }]);

  value(await call(publishJourney, own.actor(), { journey: journey.id }));
  expect((await of(during.id))?.outcome).toBe("stopped");
  const after = await happened(own, gold, paid(12_000));
  expect((await of(after.id))?.outcome).toBe("entered");
  expect((await ask(own, journey.id, gold)).says.en).not.toContain("stopped");
});

it("says that a member was sent to a journey that was stopped", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const other = await liveJourney(own, line([tagged("t", "second")], { event: "journey_start" }));
  const first = await liveJourney(
    own,
    line([[{ id: "start", kind: "start-journey", config: { journey: other.id } }, "next"]]),
  );
  await stopped(own, other.id);
  await accept(own, [{ member, event: event("order_paid", { amount: 20_000 }) }]);
  await dispatchAll();
  await conductAll(first.shard);
  await dispatchAll();
  expect(await ask(own, other.id, member)).toMatchObject({
    verdict: "turned_away",
    says: { en: expect.stringMatching(/^This journey is stopped/) },
    considered: [{ outcome: "stopped", event: { name: "journey_start" } }],
    runs: [],
  });
});

it("tells an exit as an exit and a goal as a goal, not as a run that was moved", async () => {
  const own = await shop();
  const journey = await liveJourney(own, {
    name: "Refunds",
    entry: "paid",
    nodes: [
      { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "wait", kind: "delay", config: { for: "P7D" } },
    ],
    edges: [{ from: "paid", port: "next", to: "wait" }],
    goal: { on: "order_refunded", when: { all: [] } },
    exits: [{ on: "account_closed", when: { field: "event.reason", is: "eq", value: "moved" } }],
  });
  for (const [name, outcome] of [
    ["account_closed", "left"],
    ["order_refunded", "reached_goal"],
  ] as const) {
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    await happened(own, member, event("order_paid", { order_id: "o1" }));
    const told = await happened(own, member, event(name, { reason: "moved" }));
    const { considered, runs } = await ask(own, journey.id, member);
    const [one, ...others] = considered.filter((line) => line.event?.id === told.id);
    expect(one).toMatchObject({ outcome, run: runs[0]?.id });
    expect(one?.says.en).toMatch(/^It ended the run/);
    expect(others).toEqual([]);
  }
});
