import { expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { bury } from "@/services/events/bury";
import { database } from "@/tests/harness/database";
import { accept, conductAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { memberVerdicts } from "./verdicts";
import { whyNot } from "./why-not";
import { ask, bigOrder, happened, keep, paid, scene } from "./why-not-harness";

await database();

it("says that nothing happened that starts the journey", async () => {
  const { own, journey, gold } = await scene();
  expect(await ask(own, journey.id, gold)).toMatchObject({ verdict: "never_happened", considered: [], runs: [] });
});

it("shows leaf by leaf which condition an event missed", async () => {
  const { own, journey, gold } = await scene();
  await happened(own, gold, paid(9_900));
  const { verdict, considered } = await ask(own, journey.id, gold);
  expect(verdict).toBe("held_back");
  expect(considered).toHaveLength(1);
  expect(considered[0]).toMatchObject({ outcome: "rule_false", event: { name: "order_paid" } });
  expect(considered[0]?.findings.map(({ held }) => held)).toEqual([false, true]);
  expect(considered[0]?.findings[0]?.found.en).toContain("99");
});

it("names the run that an event started, and the re-entry rule that turned the next one away", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "once" } });
  const first = await happened(own, gold, paid(12_000));
  expect((await ask(own, journey.id, gold)).verdict).toBe("entered");
  const second = await happened(own, gold, paid(13_000));
  await conductAll(journey.shard);
  const { verdict, considered, runs } = await ask(own, journey.id, gold);
  expect(verdict).toBe("turned_away");
  expect(runs).toHaveLength(1);
  expect(considered.find((one) => one.event?.id === first.id)).toMatchObject({ outcome: "entered", run: runs[0]?.id });
  expect(considered.find((one) => one.event?.id === second.id)).toMatchObject({ outcome: "re_entry" });
  expect((await ask(own, journey.id, gold, first.id)).verdict).toBe("entered");
  expect((await ask(own, journey.id, gold, second.id)).verdict).toBe("turned_away");
});

it("tells the entry limit from the re-entry rule", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "always" }, limits: { perMember: 1 } });
  await happened(own, gold, paid(12_000));
  const second = await happened(own, gold, paid(13_000));
  const { considered } = await ask(own, journey.id, gold, second.id);
  expect(considered).toMatchObject([{ outcome: "limit_member" }]);
});

it("answers with what came last, be it the entry or the turning away", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "always" }, limits: { perMember: 1 } });
  const both = async () => {
    const all = await call(memberVerdicts, own.actor(), { member: gold });
    if (!all.ok) throw new Error(all.reason);
    return [(await ask(own, journey.id, gold)).verdict, all.value.items[0]?.verdict, all.value.items[0]?.at];
  };
  const soon = () => expect.toSatisfy((at: Date) => Date.now() - at.getTime() < 60_000);
  await happened(own, gold, paid(12_000));
  await engine((tx) =>
    tx.run(sql`UPDATE run SET entered_at = now() - interval '3 years' WHERE workspace_id = ${own.workspace}`),
  );
  await happened(own, gold, paid(12_000));
  expect(await both()).toEqual(["turned_away", "turned_away", soon()]);
  await engine((tx) =>
    tx.run(sql`UPDATE turned_away SET at = now() - interval '2 days' WHERE workspace_id = ${own.workspace}`),
  );
  await engine((tx) => tx.run(sql`UPDATE run SET entered_at = now() WHERE workspace_id = ${own.workspace}`));
  expect(await both()).toEqual(["entered", "entered", soon()]);
});

it("tells a paused journey, and events that were historical or late", async () => {
  const { own, journey, gold } = await scene();
  const old = await happened(own, gold, paid(12_000, { occurredAt: Date.now() - 25 * 3_600_000 }));
  const past = await happened(own, gold, paid(12_000, { isHistorical: true }));
  await engine((tx) =>
    tx.run(sql`UPDATE journey SET state = 'paused' WHERE workspace_id = ${own.workspace} AND id = ${journey.id}`),
  );
  const during = await happened(own, gold, paid(12_000));
  const { considered, verdict } = await ask(own, journey.id, gold);
  const outcomes = new Map(considered.map((one) => [one.event?.id, one.outcome]));
  expect(outcomes.get(old.id)).toBe("late");
  expect(outcomes.get(past.id)).toBe("historical");
  expect(outcomes.get(during.id)).toBe("paused");
  expect(verdict).toBe("turned_away");
});

it("tells an event that waits, one that was buried, one before the journey, and one that starts something else", async () => {
  const { own, journey, gold } = await scene();
  const waiting = paid(12_000);
  await keep(own, gold, waiting);
  await accept(own, [{ member: gold, event: waiting }]);
  const buried = paid(12_000);
  await keep(own, gold, buried);
  await engine((tx) => bury(tx, own.workspace, { kind: "event", reason: "broken", member: gold, payload: buried }));
  const before = paid(12_000, { acceptedAt: Date.now() - 3_600_000, occurredAt: Date.now() - 3_600_000 });
  await keep(own, gold, before);
  const other = event("store_visit");
  await keep(own, gold, other);
  const outcomes = new Map((await ask(own, journey.id, gold)).considered.map((one) => [one.event?.id, one.outcome]));
  expect(outcomes.get(waiting.id)).toBe("waiting");
  expect(outcomes.get(buried.id)).toBe("buried");
  expect(outcomes.get(before.id)).toBe("before_live");
  expect((await ask(own, journey.id, gold, other.id)).considered).toMatchObject([{ outcome: "other_event" }]);
});

it("refuses what is another workspace's, and an event of another member", async () => {
  const { own, journey, gold } = await scene();
  const stranger = await shop();
  const [other] = await members(own, 1);
  if (!other) throw new Error("no member");
  const theirs = await happened(own, other, paid(12_000));
  expect(await call(whyNot, stranger.actor(), { journey: journey.id, member: gold })).toMatchObject({
    reason: "not_found",
  });
  expect(await call(whyNot, own.actor(), { journey: journey.id, member: newId() })).toMatchObject({
    reason: "not_found",
  });
  expect(await call(whyNot, own.actor(), { journey: journey.id, member: gold, event: theirs.id })).toMatchObject({
    reason: "not_found",
    path: ["event"],
  });
});

it("tells of all journeys at once what it tells of each, those that turned the member away first", async () => {
  const own = await shop();
  const once = (name: string, when: object, settings = {}) => {
    const drawing = bigOrder(settings);
    const [trigger, ...rest] = drawing.nodes;
    return liveJourney(own, {
      ...drawing,
      name,
      nodes: [{ ...trigger, config: { event: "order_paid", when } }, ...rest],
    } as never);
  };
  const always = { field: "event.amount", is: "gte", value: 1 };
  const gold = { field: "member.tier", is: "eq", value: "gold" };
  const silent = await liveJourney(own, bigOrder());
  await engine((tx) =>
    tx.run(sql`UPDATE plan SET body = jsonb_set(body, '{entry,event}', '"check_in"') WHERE journey_id = ${silent.id}`),
  );
  const entered = await once("Entered", always, { reentry: { is: "once" } });
  const held = await once("Held back", gold);
  const full = await once("Full", always, { limits: { total: 1 } });
  const [first, second] = await members(own, 2);
  if (!first || !second) throw new Error("no members");
  await happened(own, first, paid(500));
  await happened(own, second, paid(500));
  const answer = await call(memberVerdicts, own.actor(), { member: second });
  if (!answer.ok) throw new Error(answer.reason);
  expect(answer.value.items.map(({ journey, verdict }) => [journey, verdict])).toEqual([
    [full.id, "turned_away"],
    [held.id, "held_back"],
    [entered.id, "entered"],
    [silent.id, "never_happened"],
  ]);
  for (const { journey, verdict, says } of answer.value.items)
    expect(await ask(own, journey as JourneyId, second)).toMatchObject({ verdict, says });
  const stranger = await call(memberVerdicts, (await shop()).actor(), { member: second });
  expect(stranger).toMatchObject({ ok: false, reason: "not_found" });
});

const clocked = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
});

it("tells of a journey that the clock starts what it counts from, and when it comes next at the earliest", async () => {
  const own = await shop();
  const [member, never] = await members(own, 2);
  if (!member || !never) throw new Error("no members");
  const silent = await liveJourney(own, clocked("on-inactivity", { of: "visit", days: 30, when: { all: [] } }));
  const birthday = { date: "member.birthday", returns: "yearly", days: 0, time: "10:00", leapDay: "feb28" };
  const born = await liveJourney(own, clocked("on-date", { ...birthday, when: { all: [] } }));
  const visit = new Date(Date.now() - 3 * 60_000);
  await engine((tx) =>
    tx.run(sql`UPDATE member SET last_visit_at = ${visit}, birthday = '1990-05-01' WHERE id = ${member}`),
  );
  const zone = "Asia/Shanghai";
  const day = (at: number) => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: zone }).format(at);
  const quiet = await ask(own, silent.id, member);
  expect(quiet.verdict).toBe("never_happened");
  expect(quiet.says.en).toContain(`Last visit: ${day(visit.getTime())}`);
  expect(quiet.says.en).toContain(`Enters ${day(visit.getTime() + 30 * 86_400_000)}`);
  expect(quiet.considered).toMatchObject([{ event: null, outcome: "would_hold", says: quiet.says }]);
  expect((await ask(own, born.id, member)).says.en).toMatch(/^Enters May 1, \d{4}, 10:00 at the earliest\.$/);
  expect((await ask(own, born.id, never)).says.en).toBe("The member's date is not known.");
  expect((await ask(own, silent.id, never)).says.en).toMatch(/^No visit so far; joined /);
  await engine((tx) => tx.run(sql`UPDATE journey SET state = 'stopped' WHERE id = ${silent.id}`));
  expect((await ask(own, silent.id, member)).verdict).toBe("not_live");
  const lines = await call(memberVerdicts, own.actor(), { member });
  if (!lines.ok) throw new Error(lines.reason);
  for (const { journey, verdict, says } of lines.value.items)
    expect(await ask(own, journey as JourneyId, member)).toMatchObject({ verdict, says });
});
