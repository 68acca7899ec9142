import { describe, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { JOURNEY_START } from "@/core/plan/control";
import { dayOf } from "@/core/time/day";
import { peek, sql } from "@/platform/db";
import type { Actor } from "@/services/access/actor";
import { call } from "@/services/access/use-case";
import { cancelBroadcast, startBroadcast } from "@/services/broadcasts/control";
import { listBroadcasts } from "@/services/broadcasts/list";
import { broadcastTurn } from "@/services/engine/entering/broadcast";
import { enterDue } from "@/services/engine/entering/enter-due";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { memberVerdicts } from "./verdicts";
import { type WhyNot, whyNot } from "./why-not";
import { ask, happened } from "./why-not-harness";

await database({ max: 20 });

const gold = { field: "member.tier", is: "eq", value: "gold" };
const drawing = (kind: string, config: object, settings: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { when: gold, ...config } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
  settings: { reentry: { is: "always" }, ...settings },
});

/** A live journey of one kind, and how what starts it comes to members. */
type Scene = { journey: JourneyId; come(who: readonly MemberId[]): Promise<void> };

const of = (who: readonly MemberId[]) => sql`member_id = ANY(${[...who]}::uuid[])`;
const happens = async (own: Shop, who: readonly MemberId[], name: string, properties: object = {}) => {
  await accept(
    own,
    who.map((member) => ({ member, event: event(name, { ...properties }) })),
  );
  await dispatchAll();
};

async function byTheClock(own: Shop, document: object, prepare: (who: readonly MemberId[]) => Promise<unknown>) {
  const { id: journey, shard } = await published(own, document);
  await workAll(own.workspace);
  // What came before a journey is none of its affairs.
  await peek(sql`UPDATE plan SET published_at = now() - interval '3 days' WHERE journey_id = ${journey}`);
  const come = async (who: readonly MemberId[]) => {
    await prepare(who);
    // Their due rows are made as anything of theirs is projected.
    await happens(own, who, "looked_around");
    await peek(
      sql`UPDATE due SET at = now() - interval '1 second', done = NULL WHERE journey_id = ${journey} AND ${of(who)}`,
    );
    while ((await enterDue(shard)) === "moved");
  };
  return { journey, come };
}

async function bySending(own: Shop, document: object) {
  const { id: journey } = await published(own, document);
  const come = async () => {
    const waiting = await peek(
      sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE journey_id = ${journey} AND state = 'waiting' RETURNING id`,
    );
    if (waiting.length === 0) value(await call(startBroadcast, own.actor(), { journey }));
    for (const { id } of value(await call(listBroadcasts, own.actor(), { journey })).items)
      while ((await broadcastTurn(own.workspace, id)).is === "moved");
  };
  return { journey, come };
}

async function segmentOf(own: Shop): Promise<string> {
  const rule = { field: "member.spent", is: "gte", value: 10_000 };
  const { id } = value(await call(createSegment, own.actor(), { name: "Spenders", rule }));
  while ((await segmentsTurn(own.workspace)) === "moved");
  return id;
}

type Make = (own: Shop, settings: object) => Promise<Scene>;
const KINDS = {
  date: (own: Shop, settings: object) => {
    const birthday = { date: "member.birthday", returns: "yearly", days: 0, time: "00:00", leapDay: "feb28" };
    const today = `1990${dayOf(Date.now(), "Asia/Shanghai").slice(4)}`;
    return byTheClock(own, drawing("on-date", birthday, settings), (who) =>
      peek(sql`UPDATE member SET birthday = ${today}::date WHERE id = ANY(${[...who]}::uuid[])`),
    );
  },
  inactivity: (own: Shop, settings: object) =>
    byTheClock(own, drawing("on-inactivity", { of: "visit", days: 30 }, settings), (who) =>
      peek(sql`UPDATE member SET last_visit_at = now() - interval '31 days' WHERE id = ANY(${[...who]}::uuid[])`),
    ),
  segment: async (own: Shop, settings: object) => {
    const segment = await segmentOf(own);
    const { id: journey } = await published(own, drawing("on-segment", { segment, change: "entered" }, settings));
    await workAll(own.workspace);
    let isFirst = true;
    const come = async (who: readonly MemberId[]) => {
      // The second time they leave it before.
      if (!isFirst) await happens(own, who, "order_refunded", { amount: 20_000 });
      isFirst = false;
      await happens(own, who, "order_paid", { amount: 20_000 });
      await dispatchAll();
    };
    return { journey, come };
  },
  schedule: (own: Shop, settings: object) =>
    bySending(own, drawing("on-schedule", { cron: "0 9 1 1 *", zone: "", segment: "", perMinute: 0 }, settings)),
  broadcast: (own: Shop, settings: object) =>
    bySending(own, drawing("on-broadcast", { at: "2099-01-01T10:00", segment: "", perMinute: 0 }, settings)),
} satisfies Record<string, Make>;
const crew = async (own: Shop, count: number, tier = "gold") => (await members(own, count, { tier })) as [MemberId];
const outcomes = ({ considered }: WhyNot) => considered.map(({ outcome }) => outcome);

/** The answer for one journey, which the answer for all of them agrees with. */
async function asked(own: Shop, journey: JourneyId, member: MemberId): Promise<WhyNot> {
  const answer = await ask(own, journey, member);
  const all = value(await call(memberVerdicts, own.actor(), { member })).items;
  expect(all.find((one) => one.journey === journey)).toMatchObject({ verdict: answer.verdict, says: answer.says });
  return answer;
}

describe.each(Object.entries(KINDS))("a journey that begins by %s", (kind, make) => {
  const isTimed = kind === "date" || kind === "inactivity";
  const isSent = kind === "schedule" || kind === "broadcast";

  it("says who entered, and whom the re-entry rule turned away the second time", async () => {
    const own = await shop();
    const [member] = await crew(own, 1);
    const { journey, come } = await make(own, { reentry: { is: "once" } });
    await come([member]);
    expect(await asked(own, journey, member)).toMatchObject({ verdict: "entered" });
    await come([member]);
    const again = await asked(own, journey, member);
    expect(again.verdict).toBe("turned_away");
    expect(outcomes(again)).toEqual(expect.arrayContaining(["entered", "re_entry"]));
  });

  it("says whom its limit turned away, and who is held out", async () => {
    const own = await shop();
    const pair = await crew(own, 2);
    const limited = await make(own, { limits: { total: 1 } });
    await limited.come(pair);
    const [run] = await runsOf(limited.journey);
    const other = pair.find((member) => member !== run?.member);
    if (!other) throw new Error("nobody was turned away");
    const full = await asked(own, limited.journey, other);
    expect([full.verdict, outcomes(full).includes("limit_total")]).toEqual(["turned_away", true]);

    const two = await shop();
    const crowd = await crew(two, 20);
    const measured = await make(two, { holdout: { percent: 50, days: 30 } });
    await measured.come(crowd);
    const held = (await runsOf(measured.journey)).find(({ state }) => state === "held");
    if (!held) throw new Error("of 20 members half are held out");
    const out = await asked(two, measured.journey, held.member);
    expect([out.verdict, outcomes(out).includes("held_out")]).toEqual(["held_out", true]);
  });

  it("says that its conditions did not hold when it came, and which", async () => {
    const own = await shop();
    const [member] = await crew(own, 1, "silver");
    const { journey, come } = await make(own, {});
    await come([member]);
    const { verdict, considered } = await asked(own, journey, member);
    const failed = considered.filter(({ findings }) => findings.some(({ held }) => !held));
    const found = failed.find((line) => line.event !== null) ?? failed[0];
    expect(found?.findings.filter(({ held }) => !held)).toMatchObject([
      { asked: { en: "Tier is Gold" }, found: { en: "Tier is Silver" } },
    ]);
    expect([verdict, found?.outcome]).toEqual(["held_back", isSent ? "not_in_audience" : "rule_false"]);
    if (isTimed || isSent) expect(found?.findings.every(({ isNow }) => isNow)).toBe(true);
  });

  it("says that it is paused", async () => {
    const own = await shop();
    const [member] = await crew(own, 1);
    const { journey, come } = await make(own, {});
    await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey}`);
    await come([member]);
    const { verdict, says, considered } = await asked(own, journey, member);
    if (kind === "segment") return expect([verdict, considered[0]?.outcome]).toEqual(["turned_away", "paused"]);
    expect(verdict).toBe("never_happened");
    const told = isTimed ? says : considered[0]?.says;
    expect(told?.en).toContain("The journey is paused: ");
    expect(told?.["zh-CN"]).toContain("旅程已暂停：");
  });

  it("says what it waits for where nothing came to the member", async () => {
    const own = await shop();
    const [member] = await crew(own, 1);
    const { journey } = await make(own, {});
    const { verdict, says, considered } = await asked(own, journey, member);
    expect(verdict).toBe("never_happened");
    const [line] = considered;
    const told: Record<string, [string | undefined, RegExp]> = {
      date: [says.en, /^The member's date is not known\.$/],
      inactivity: [says.en, /^No visit so far; joined .* Enters .* at the earliest/],
      segment: [line?.findings[0]?.found.en, /^Not in the segment “Spenders”$/],
      schedule: [line?.says.en, /^It is to be sent Jan 1, \d{4}, 09:00; whom it reaches is judged then\.$/],
      broadcast: [line?.says.en, /^It is to be sent Jan 1, 2099, 10:00; whom it reaches is judged then\.$/],
    };
    const [is, wanted] = told[kind] ?? [];
    expect(is).toMatch(wanted ?? /^$/);
  });
});

it("says of a broadcast to a segment that it passed by who was not in it, and who is in it by now did not get it all the same", async () => {
  const own = await shop();
  const [member] = await crew(own, 1);
  const segment = await segmentOf(own);
  const { journey, come } = await bySending(
    own,
    drawing("on-broadcast", { at: "2099-01-01T10:00", segment, perMinute: 0 }, {}),
  );
  await come();
  const before = await asked(own, journey, member);
  expect(before.considered).toMatchObject([
    {
      outcome: "not_in_audience",
      event: { id: null, name: "broadcast" },
      findings: [
        { asked: { en: "In the segment “Spenders”" }, found: { en: "Not in the segment “Spenders”" }, held: false },
        { held: true },
      ],
    },
  ]);
  await happens(own, [member], "order_paid", { amount: 20_000 });
  const after = await asked(own, journey, member);
  expect([after.verdict, outcomes(after)]).toEqual(["held_back", ["not_in_audience"]]);
  expect(after.considered[0]?.findings.every(({ held, isNow }) => held && isNow)).toBe(true);
});

it("says of a broadcast that was cancelled before it came to the member that it was", async () => {
  const own = await shop();
  const [member] = await crew(own, 1);
  const { journey } = await KINDS.broadcast(own, {});
  const [waiting] = value(await call(listBroadcasts, own.actor(), { journey })).items;
  value(await call(cancelBroadcast, own.actor(), { broadcast: waiting?.id }));
  expect(await asked(own, journey, member)).toMatchObject({
    verdict: "never_happened",
    considered: [{ outcome: "called_off" }],
  });
});

it("tells who may read runs alone neither when a member's day comes, nor that it came, nor their segments", async () => {
  const own = await shop();
  const [member] = await crew(own, 1, "silver");
  const key: Actor = { as: "key", workspace: own.workspace, key: "k", scopes: ["run.read"], name: "k" };
  const birthday = await KINDS.date(own, {});
  await birthday.come([member]);
  const segment = await KINDS.segment(own, {});
  const little = async (journey: JourneyId) => value(await call(whyNot, key, { journey, member }));
  const day = await little(birthday.journey);
  expect(day.says.en).toBe("When it comes is not shown: needs the permission member.read.");
  expect(day.considered).toHaveLength(1);
  expect(day.considered[0]?.findings[0]?.found["zh-CN"]).toBe("不显示：需要权限 member.read");
  const { considered } = await little(segment.journey);
  expect(considered[0]?.findings[0]?.found.en).toBe("not shown: needs the permission member.read");
  const all = value(await call(memberVerdicts, key, { member })).items;
  expect(all.find(({ journey }) => journey === birthday.journey)?.says).toEqual(day.says);
  const none: Actor = { ...key, scopes: ["member.read", "journey.read"] };
  expect(await call(whyNot, none, { journey: birthday.journey, member })).toMatchObject({ reason: "not_allowed" });
});

it("lets nobody in by an event that a sender names as our own ledgers do, and says so", async () => {
  const own = await shop();
  const segment = await segmentOf(own);
  const bySegment = await published(own, drawing("on-segment", { segment, change: "entered" }, {}));
  const byCall = await published(own, drawing("on-call", {}, {}));
  await workAll(own.workspace);
  const [member] = await crew(own, 1);
  for (const [journey, name, properties] of [
    [bySegment.id, "segment_entered", { segment_id: segment }],
    [byCall.id, JOURNEY_START, { journey_id: byCall.id }],
  ] as const) {
    const { id } = await happened(own, member, event(name, properties));
    expect(await runsOf(journey)).toEqual([]);
    const { considered } = await ask(own, journey, member, id);
    expect(considered).toMatchObject([
      { outcome: "not_ours", says: { en: expect.stringContaining("A sender told it") } },
    ]);
  }
});
