import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, value } from "@/tests/harness/lifecycle";
import { line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { listings } from "../exports/listings";
import { listJourneys } from "../journeys/list";
import { journeyCounts } from "../journeys/watching/counts";
import { getRun } from "../runs/get";
import { listRuns } from "../runs/list";
import { readHome } from "./home";

await database();

const waiting = line([[{ id: "rest", kind: "delay", config: { for: "P9D" } }, "next"]]);
const goal = { on: "coupon_redeemed", when: { all: [] }, value: "amount" };

it("what goals were worth is told by run, journey, home and file, without whom a holdout keeps out", async () => {
  const own = await shop();
  const { id, shard } = await published(own, { ...waiting, goal });
  const all = await members(own, 4);
  const happens = async (name: string, who: typeof all, amount: number) => {
    await accept(
      own,
      who.map((member) => ({ member, event: event(name, { amount }) })),
    );
    await dispatchAll();
    await conductAll(shard);
  };
  await happens("order_paid", all, 100);
  await peek(sql`UPDATE run SET state = 'held', is_held = true WHERE journey_id = ${id} AND member_id = ${all[3]}`);
  await happens("coupon_redeemed", all.slice(0, 1), 12_345);
  await happens("coupon_redeemed", all.slice(1, 2), 100);
  await happens("coupon_redeemed", all.slice(3), 9_900);

  const runs = value(await call(listRuns, own.actor(), { journey: id })).items;
  expect(runs.map(({ member, goalValue }) => ({ member, goalValue }))).toEqual(
    expect.arrayContaining([
      { member: all[0], goalValue: 12_345 },
      { member: all[1], goalValue: 100 },
      { member: all[2], goalValue: null },
    ]),
  );
  const first = (await runsOf(id)).find(({ member }) => member === all[0]);
  expect(value(await call(getRun, own.actor(), { run: first?.id }))).toMatchObject({
    state: "goal",
    goalValue: 12_345,
  });
  const { total } = value(await call(journeyCounts, own.actor(), { journey: id }));
  expect(total).toMatchObject({ goal: 2, worth: 12_445, heldGoal: 1 });
  const [listed] = value(await call(listJourneys, own.actor(), {})).items;
  expect(listed?.counts).toMatchObject({ goals: 2, worth: 12_445 });
  const home = value(await call(readHome, own.actor(), {}));
  expect(home.running).toMatchObject([{ id, goals: 2, worth: 12_445 }]);
  expect(home.days.at(-1)).toMatchObject({ goals: 2, worth: 12_445 });

  const file = async (list: "runs" | "journeys", heading: string, locale: "en" | "zh-CN") => {
    const terms = { currency: "CNY", zone: "Asia/Shanghai", locale };
    const { lines } = value(await listings[list].page(own.actor(), {}, null, terms));
    const at = listings[list].headings.findIndex((one) => one[locale] === heading);
    return lines.map((cells) => cells[at]);
  };
  expect((await file("runs", "Conversion value", "en")).filter((cell) => cell !== null).sort()).toEqual([
    "1.00",
    "123.45",
    "99.00",
  ]);
  expect(await file("journeys", "近 7 天转化金额", "zh-CN")).toEqual(["124.45"]);
});

it("an event's money counts once in a journey, for the run that was entered last, and a telling of its order again counts nothing", async () => {
  const own = await shop();
  const settings = { reentry: { is: "always" } };
  const toGoal = { on: "order_paid", when: { field: "event.amount", is: "gte", value: 1000 }, value: "amount" };
  const journeys = [
    await published(own, { ...waiting, settings, goal: toGoal }),
    await published(own, { ...waiting, settings, goal: toGoal, name: "Another" }),
  ];
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const pays = async (properties: object) => {
    await accept(own, [{ member, event: event("order_paid", { ...properties }) }]);
    await dispatchAll();
    for (const { shard } of journeys) await conductAll(shard);
  };
  for (const order_id of ["a", "b", "c"]) await pays({ order_id, amount: 100 });
  await pays({ order_id: "d", amount: 1234 });
  for (const { id } of journeys) {
    const runs = value(await call(listRuns, own.actor(), { journey: id })).items.filter(
      ({ goalAt }) => goalAt !== null,
    );
    expect(runs.map(({ goalValue }) => goalValue)).toEqual([1234, null, null]);
    const { total } = value(await call(journeyCounts, own.actor(), { journey: id }));
    expect(total).toMatchObject({ goal: 3, worth: 1234 });
  }
  // The order began a run, which has not seen it come; told again it brings that to its goal, and no money twice.
  await pays({ order_id: "d", amount: 1234 });
  for (const { id } of journeys)
    expect(value(await call(journeyCounts, own.actor(), { journey: id })).total).toMatchObject({
      goal: 4,
      worth: 1234,
    });
});
