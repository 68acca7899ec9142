import { expect, it } from "vitest";
import { DEEPEST } from "@/core/plan/control";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { getRun } from "@/services/runs/get";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const emit = (name: string, properties: object[] = []): Link => [
  { id: "emit", kind: "emit-event", config: { name, properties } },
  "next",
];
const pay = async (own: Shop, properties: object = {}) => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 20_000, order_id: "o1", ...properties }) }]);
  await dispatchAll();
  return member;
};

it("makes a real event of the member, typed as drawn, that starts another journey and stands in the timeline", async () => {
  const own = await shop();
  const first = await liveJourney(
    own,
    line([
      emit("big_spender", [
        { name: "spent", as: "number", value: "{{ event.amount }}" },
        { name: "who", as: "text", value: "{{ member.name }}" },
        { name: "sure", as: "boolean", value: "true" },
        { name: "broken", as: "text", value: "{{ coupon.code }}" },
        { name: "object", as: "text", value: "{{ event.box }}" },
      ]),
    ]),
  );
  const second = await liveJourney(
    own,
    line([tagged("t", "spender")], { event: "big_spender", when: { field: "event.spent", is: "gte", value: 20_000 } }),
  );
  await pay(own, { box: { size: 2 } });
  await conductAll(first.shard);
  await dispatchAll();
  await conductAll(second.shard);
  expect((await runsOf(second.id)).map(({ state }) => state)).toEqual(["done"]);
  expect(
    await peek(
      sql`SELECT name, type, properties FROM event WHERE workspace_id = ${own.workspace} AND name = 'big_spender'`,
    ),
  ).toEqual([{ name: "big_spender", type: "system", properties: { spent: 20_000, who: "Member 1", sure: true } }]);
});

it("ends a chain of journeys that start each other", async () => {
  const own = await shop();
  const ping = await liveJourney(own, line([emit("ping")], { event: "ping" }));
  const begin = await liveJourney(own, line([emit("ping")]));
  await pay(own);
  await conductAll(begin.shard);
  for (let i = 0; i < DEEPEST + 5; i++) {
    await dispatchAll();
    await conductAll(ping.shard);
  }
  expect(await runsOf(ping.id)).toHaveLength(DEEPEST);
  expect(
    await peek(
      sql`SELECT count(*)::int AS count FROM journal WHERE workspace_id = ${own.workspace} AND why ->> 'refused' = 'too_deep'`,
    ),
  ).toEqual([{ count: 1 }]);
});

it("starts another journey with what began this one", async () => {
  const own = await shop();
  const other = await liveJourney(
    own,
    line([tagged("t", "second")], {
      event: "journey_start",
      settings: { reentry: { is: "per_key", key: "season" } },
    }),
  );
  const first = await liveJourney(
    own,
    line([[{ id: "start", kind: "start-journey", config: { journey: other.id } }, "next"]]),
  );
  const member = await pay(own, { season: "winter" });
  await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "o2", season: "winter" }) }]);
  await dispatchAll();
  await conductAll(first.shard);
  await dispatchAll();
  expect(await runsOf(first.id)).toHaveLength(2);
  expect(await runsOf(other.id)).toHaveLength(1);
  const [entry] = await peek<{ properties: object }>(
    sql`SELECT entry_event -> 'properties' AS properties FROM run WHERE journey_id = ${other.id}`,
  );
  expect(entry?.properties).toMatchObject({
    season: "winter",
    order_id: "o1",
    journey_id: other.id,
    from_journey: first.id,
  });
});

it("takes a member out of another journey in the middle of a wait, and of no third one", async () => {
  const own = await shop();
  const waiting = line([[{ id: "wait", kind: "delay", config: { for: "P1D" } }, "next"]]);
  const [other, third] = [await liveJourney(own, waiting), await liveJourney(own, { ...waiting, name: "Third" })];
  const member = await pay(own);
  const stopper = await liveJourney(
    own,
    line([[{ id: "stop", kind: "stop-journey", config: { journey: other.id } }, "next"]], {
      event: "complaint_opened",
    }),
  );
  await conductAll(other.shard);
  await conductAll(third.shard);
  // A sender that pretends to be a journey is not believed.
  await accept(own, [{ member, event: event("journey_stop", { journey_id: other.id }) }]);
  await accept(own, [{ member, event: event("complaint_opened") }]);
  await dispatchAll({ carries: false });
  expect((await runsOf(other.id)).map(({ state }) => state)).toEqual(["parked"]);
  await conductAll(stopper.shard);
  await dispatchAll();
  expect((await runsOf(other.id)).map(({ state, reason }) => [state, reason])).toEqual([
    ["exited", "stopped by another journey"],
  ]);
  expect((await runsOf(third.id)).map(({ state }) => state)).toEqual(["parked"]);
});

it.each(["archived", "stopped"])("says on the run's page that a journey that is %s let nobody in", async (state) => {
  const own = await shop();
  const other = await liveJourney(own, line([tagged("t", "second")], { event: "journey_start" }));
  const first = await liveJourney(
    own,
    line([[{ id: "start", kind: "start-journey", config: { journey: other.id } }, "next"]]),
  );
  await peek(sql`UPDATE journey SET state = ${state} WHERE id = ${other.id}`);
  await pay(own);
  await conductAll(first.shard);
  await dispatchAll();
  expect(await runsOf(other.id)).toEqual([]);
  const [run] = await runsOf(first.id);
  expect(run?.state).toBe("done");
  const found = value(await call(getRun, own.actor(), { run: run?.id }));
  expect(found.steps.find(({ node }) => node === "start")?.says).toEqual({
    en: "Refused: the journey to start is stopped or archived, and the member did not enter it.",
    "zh-CN": "被拒绝：要启动的旅程已停止或已归档，会员没有进入。",
  });
});
