import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { firstIdOf } from "@/services/workspaces/first-id";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { createJourney } from "../drafting/create";
import { putJourney } from "../drafting/put";
import { journeyAudience } from "./audience";
import { publishJourney } from "./publish";
import { startedOfLate } from "./started-of-late";

const { url } = await database();

const DAY = 86_400_000;
const amount = (value: number) => ({ field: "event.amount", is: "gte", value });

async function audienceOf(own: Shop, document: object, now = new Date()) {
  const made = await call(createJourney, own.actor(), { document });
  if (!made.ok) throw new Error(made.detail);
  const found = await call(journeyAudience, own.actor(), { journey: made.value.id }, { now });
  if (!found.ok) throw new Error(found.detail);
  return found.value;
}

/** Orders of so many days ago, with their amounts. */
async function ordered(
  own: Shop,
  member: MemberId | undefined,
  orders: [number, number][],
  now: Date,
  { cameAt }: { cameAt?: Date } = {},
) {
  await engine(async (tx) => {
    for (const [i, [ago, paid]] of orders.entries()) {
      const at = new Date(now.getTime() - ago * DAY);
      const id = firstIdOf(cameAt ?? at).slice(0, 24) + String(i).padStart(12, "0");
      await tx.run(sql`
        INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at, is_historical)
        VALUES (${own.workspace}, ${id}, ${member}, ${id}, 'track', 'order_paid', ${JSON.stringify({ amount: paid })}, ${at}, ${cameAt ?? at}, ${cameAt !== undefined})`);
    }
  });
}

describe("before publishing, a draft that waits for an event", () => {
  it("tells how many came of late that fit its rule", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    const now = new Date();
    await ordered(
      own,
      member,
      [
        [1, 20_000],
        [2, 500],
        [20, 20_000],
        [40, 20_000],
      ],
      now,
    );
    expect(await audienceOf(own, line([tagged("t", "x")]), now)).toMatchObject({
      trigger: "event",
      count: null,
      past: { event: "order_paid", week: 2, month: 3, isEstimate: false, isAtMost: false },
    });
    const big = line([tagged("t", "x")], { when: { all: [amount(10_000)] } });
    expect((await audienceOf(own, big, now)).past).toMatchObject({ week: 1, month: 2, isAtMost: false });
  });

  it("tells while the rule is written how many events would have started it, and of how many members", async () => {
    const own = await shop();
    const [ada, bo] = await members(own, 2);
    const now = new Date();
    await ordered(
      own,
      ada,
      [
        [1, 20_000],
        [2, 30_000],
        [40, 90_000],
      ],
      now,
    );
    await ordered(
      own,
      bo,
      [
        [3, 15_000],
        [4, 500],
      ],
      new Date(now.getTime() - 1000),
    );
    const of = async (when: object) => {
      const told = await call(startedOfLate, own.actor("viewer"), { event: "order_paid", when }, { now });
      if (!told.ok) throw new Error(told.detail);
      return told.value.past;
    };
    expect(await of({ all: [] })).toMatchObject({ month: 4, week: 4, members: 2, isEstimate: false });
    expect(await of({ all: [amount(18_000)] })).toMatchObject({ month: 2, members: 1, isAtMost: false });
    expect(await of({ all: [amount(1_000_000)] })).toMatchObject({ month: 0, members: 0 });
    expect(await of({ all: [{ field: "member.tier", is: "eq", value: "gold" }] })).toMatchObject({
      month: 4,
      members: 2,
      isAtMost: true,
    });
    expect(
      await call(startedOfLate, own.actor(), { event: "order_paid", when: { all: [{ field: "event.amount" }] } }),
    ).toMatchObject({ ok: false });
  });

  it("counts history by when it happened, whenever it came", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    const now = new Date();
    const past: [number, number][] = [
      [40, 20_000],
      [20, 20_000],
      [5, 500],
      [2, 20_000],
    ];
    await ordered(own, member, past, now, { cameAt: new Date(now.getTime() - 3_600_000) });
    const big = line([tagged("t", "x")], { when: { all: [amount(10_000)] } });
    expect((await audienceOf(own, line([tagged("t", "x")]), now)).past).toMatchObject({
      week: 2,
      month: 3,
      since: null,
      isPart: false,
      isEstimate: false,
    });
    expect((await audienceOf(own, big, now)).past).toMatchObject({ week: 1, month: 2 });
  });

  it("says since when events are known where that is less than a month, and makes no month of it", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    const now = new Date();
    await ordered(
      own,
      member,
      [
        [3, 20_000],
        [1, 20_000],
      ],
      now,
    );
    expect((await audienceOf(own, line([tagged("t", "x")]), now)).past).toMatchObject({
      week: 2,
      month: 2,
      since: new Date(now.getTime() - 3 * DAY),
      isEstimate: false,
    });
  });

  it("says that they may be fewer where the rule asks for the member too", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    const now = new Date();
    await ordered(
      own,
      member,
      [
        [1, 20_000],
        [2, 500],
      ],
      now,
    );
    const gold = { all: [amount(10_000), { field: "member.tier", is: "eq", value: "gold" }] };
    expect((await audienceOf(own, line([tagged("t", "x")], { when: gold }), now)).past).toMatchObject({
      month: 1,
      isAtMost: true,
    });
  });
});

describe("what one run can cost at most", () => {
  it("is its costliest way: coupons at what they take off, text messages at their price", async () => {
    const own = await shop();
    await peek(
      sql`UPDATE workspace SET settings = jsonb_set(settings, '{messaging}', '{"prices": {"sms": 5}}') WHERE id = ${own.workspace}`,
    );
    const [offer] = await peek<{ off: number }>(
      sql`SELECT (terms -> 'discount' ->> 'amount')::int AS off FROM offer WHERE id = ${own.offer}`,
    );
    const reward = {
      grants: [
        { is: "coupon", offer: own.offer },
        { is: "points", points: 100 },
      ],
    };
    const say = {
      channel: "sms",
      purpose: "service",
      content: { sms: { en: { text: "Thank you" } } },
      expiresAfter: "P1D",
    };
    const { most } = await audienceOf(
      own,
      line([
        [{ id: "r", kind: "reward", config: reward }, "granted"],
        [{ id: "s", kind: "send", config: say }, "next"],
      ]),
    );
    expect(most).toEqual({
      points: 100,
      coupons: 1,
      messages: 1,
      money: (offer?.off ?? Number.NaN) + 5,
      isUnpriced: false,
      isOpen: false,
      mayRepeat: false,
    });
  });

  it("counts the signature that a text message leaves with, a mail at its price, and says where SMS have none", async () => {
    const own = await shop();
    const send = (id: string, channel: string, content: object) => ({
      id,
      kind: "send",
      config: { channel, purpose: "service", content, expiresAfter: "P1D" },
    });
    const draft = line([
      [send("s", "sms", { sms: { en: { text: "a".repeat(150) } } }), "next"],
      [
        send("m", "email", { email: { en: { subject: "Thanks", blocks: [{ kind: "text", text: "Thank you" }] } } }),
        "next",
      ],
    ]);
    expect((await audienceOf(own, draft)).most).toMatchObject({ messages: 2, money: 0, isUnpriced: true });
    await peek(
      sql`UPDATE workspace SET settings = jsonb_set(settings, '{messaging}', '{"prices": {"sms": 5, "email": 2}}') WHERE id = ${own.workspace}`,
    );
    // 150 letters are one part; with 【…】 before them the whole is UCS-2, of which a part holds 67.
    expect((await audienceOf(own, draft)).most).toMatchObject({ money: 3 * 5 + 2, isUnpriced: false });
  });

  it("is not told of a draft that has errors", async () => {
    const own = await shop();
    const empty = line([[{ id: "r", kind: "reward", config: { grants: [] } }, "granted"]]);
    expect((await audienceOf(own, empty)).most).toBeNull();
  });
});

it("members of a date are counted, and none of them is taken at publishing", async () => {
  const own = await shop();
  const all = await members(own, 3);
  await peek(sql`UPDATE member SET birthday = '1990-05-01' WHERE id = ANY(${all.slice(0, 2)}::uuid[])`);
  const { edges } = line([tagged("t", "x")]);
  const trigger = {
    date: "member.birthday",
    returns: "yearly",
    days: -3,
    time: "10:00",
    leapDay: "feb28",
    when: { all: [] },
  };
  const document = {
    ...line([tagged("t", "x")]),
    nodes: [{ id: "begin", kind: "on-date", config: trigger }, ...line([tagged("t", "x")]).nodes.slice(1)],
    edges,
  };
  expect(await audienceOf(own, document)).toMatchObject({ trigger: "date", count: 2, mayTake: false, past: null });
});

describe("where counting the members takes too long", () => {
  const trigger = {
    date: "member.birthday",
    returns: "yearly",
    days: -3,
    time: "10:00",
    leapDay: "feb28",
    when: { all: [] },
  };
  const drawing = (tag: string) => ({
    ...line([tagged("t", tag)]),
    nodes: [{ id: "begin", kind: "on-date", config: trigger }, ...line([tagged("t", tag)]).nodes.slice(1)],
  });
  /** While nobody can read the members' rows; `asked`: whether somebody tried to, and waited as long as it takes to give up. */
  const withoutMembers = async (url: string, work: () => Promise<void>): Promise<{ asked: boolean }> => {
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    try {
      await other.query("BEGIN; LOCK TABLE member IN ACCESS EXCLUSIVE MODE");
      let isDone = false;
      const done = work().finally(() => {
        isDone = true;
      });
      let asked = false;
      while (!isDone) {
        const { rows } = await other.query("SELECT FROM pg_locks WHERE relation = 'member'::regclass AND NOT granted");
        asked ||= rows.length > 0;
        await pause(10);
      }
      await done;
      return { asked };
    } finally {
      await other.end();
    }
  };
  const published = async (own: Shop, journey: string) => {
    const done = await call(publishJourney, own.actor(), { journey: journey as JourneyId });
    if (!done.ok) throw new Error(done.detail ?? done.reason);
    return peek<{ total: number }>(sql`SELECT total FROM job WHERE journey_id = ${journey} AND kind = 'enrol'`);
  };

  it("a draft's preview tells the rest, and that they are not counted", async () => {
    const own = await shop();
    await withoutMembers(url, async () => {
      const told = await audienceOf(own, drawing("x"));
      expect(told).toMatchObject({ trigger: "date", count: null, isUncounted: true, past: null });
      expect(told.most).not.toBeNull();
    });
  });

  it("publishing goes on without the figure, and asks for none where the trigger stays", async () => {
    const own = await shop();
    await members(own, 3);
    const made = await call(createJourney, own.actor(), { document: drawing("x") });
    if (!made.ok) throw new Error(made.detail);
    const { id, revision } = made.value;
    const first = await withoutMembers(url, async () => expect(await published(own, id)).toEqual([{ total: 0 }]));
    await peek(sql`UPDATE job SET state = 'done', ended_at = now() WHERE journey_id = ${id}`);
    const next = await call(putJourney, own.actor(), { journey: id as JourneyId, revision, document: drawing("y") });
    if (!next.ok) throw new Error(next.detail);
    const second = await withoutMembers(url, async () => expect(await published(own, id)).toHaveLength(1));
    expect([first, second]).toEqual([{ asked: true }, { asked: false }]);
  });
});
