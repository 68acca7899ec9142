import { describe, expect, it } from "vitest";
import type { Reject } from "@/core/events/arrival";
import { normalise } from "@/core/events/normalise";
import type { MemberId } from "@/core/ids";
import { engine, listen, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { dispatchAll, event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { bury } from "../events/bury";
import { ingest } from "../intake/ingest";
import { checkCorrection, correctDeadLetter, draftCorrection } from "./correct";
import { countReplayable, listDeadLetters, replayDeadLetter, replayDeadLetters } from "./dead-letters";

await database();

async function buried(own: Shop, count: number, reason: string) {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await engine(async (tx) => {
    for (let i = 0; i < count; i++)
      await bury(tx, own.workspace, { kind: "event", reason, member, payload: event("store_visit") });
    await bury(tx, own.workspace, { kind: "event", reason: "malformed at the door", member: null, payload: {} });
  });
  return member;
}
const visits = async (member: string): Promise<number> =>
  (await peek<{ n: number }>(sql`SELECT visits AS n FROM member WHERE id = ${member}`))[0]?.n ?? 0;

it("judges all events of one reason again, each once, and leaves what never became an event", async () => {
  const own = await shop();
  const member = await buried(own, 5, "broken rule");
  await buried(own, 2, "another");
  const ask = (input: object) => call(replayDeadLetters, own.actor("owner"), input);
  expect(await ask({ reason: "broken rule" })).toMatchObject({ ok: true, value: { replayed: 5, left: 0 } });
  expect(await ask({ reason: "broken rule" })).toMatchObject({ ok: true, value: { replayed: 0, left: 0 } });
  await dispatchAll();
  expect(await visits(member)).toBe(5);
  expect(await ask({})).toMatchObject({ ok: true, value: { replayed: 2, left: 0 } });
  const audited = await peek<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM audit WHERE workspace_id = ${own.workspace} AND action = 'dead_letters.replayed'`);
  expect(audited[0]?.n).toBe(3);
});

it("lists from the newest or from the oldest, page after page, each once", async () => {
  const own = await shop();
  for (let i = 0; i < 4; i++) await buried(own, 1, `reason ${i}`);
  const inOrder = async (order: "asc" | "desc"): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const listed = await call(listDeadLetters, own.actor(), { order, limit: 3, cursor });
      if (!listed.ok) throw new Error(listed.reason);
      found.push(...listed.value.items.map(({ id }) => id));
      cursor = listed.value.next;
    }
    return found;
  };
  const oldestFirst = await inOrder("asc");
  expect(new Set(oldestFirst).size).toBe(8);
  expect(await inOrder("desc")).toEqual(oldestFirst.toReversed());
});

it("replays nothing of another workspace, and one letter only once", async () => {
  const own = await shop();
  const stranger = await shop();
  const member = await buried(own, 1, "broken rule");
  expect(await call(replayDeadLetters, stranger.actor(), {})).toMatchObject({
    ok: true,
    value: { replayed: 0, left: 0 },
  });
  const listed = await call(listDeadLetters, own.actor(), { kind: "event" });
  const letter = listed.ok ? listed.value.items.find((one) => one.member === member) : undefined;
  expect(await call(replayDeadLetter, own.actor(), { letter: letter?.id })).toMatchObject({ ok: true });
  expect(await call(replayDeadLetter, own.actor(), { letter: letter?.id })).toMatchObject({ reason: "conflict" });
  await dispatchAll();
  expect(await visits(member)).toBe(1);
});

const BROWSER = { isTrusted: false };
const SERVER = { isTrusted: true };
/** What the door makes of a track message that it cannot use. */
function refused(own: Shop, message: Record<string, unknown>, key = BROWSER): Reject {
  const read = normalise(message, "track", { receivedAt: Date.now(), currency: "CNY", ...key });
  if (read.is !== "rejected") throw new Error(`it is ${read.is}`);
  const { cause, type, name } = read;
  const messageId = read.messageId ?? newId();
  return { workspace: own.workspace, messageId, bodyHash: newId(), cause, type, name, ...key, said: message };
}

const order = (own: Shop, messageId: string) =>
  refused(own, { event: "order_paid", userId: "u1", messageId, properties: { amount: "8 yuan" } });
const letters = async (own: Shop, filter: object = {}) => {
  const listed = await call(listDeadLetters, own.actor("ops"), filter);
  return listed.ok ? listed.value.items : [];
};
const events = async (own: Shop) =>
  peek<{ id: string; messageId: string; properties: unknown; context: unknown }>(sql`
    SELECT id, message_id AS "messageId", properties, context FROM event WHERE workspace_id = ${own.workspace}`);

describe("a rejected event", () => {
  it.each([
    [{ event: "order_paid", properties: {} }, "missing_property", "支付订单（order_paid）缺少金额（amount）"],
    [
      { event: "order_paid", properties: { amount: "8 yuan" } },
      "wrong_property",
      "金额（amount）应为以最小货币单位（分）表示的整数",
    ],
    [{ event: "order_paid", properties: { amount: -1 } }, "wrong_property", "金额（amount）不应为负数"],
    [{ event: "order_paid", properties: { amount: 1e15 } }, "wrong_property", "金额（amount）过大"],
    [{ event: "order_paid", properties: { total: -1 } }, "wrong_property", "金额（total）不应为负数"],
    [
      { event: "order_paid", properties: { amount: 1, channel: "moon" } },
      "wrong_property",
      "销售渠道（channel）应为以下之一：store、online",
    ],
    [
      { event: "Order Completed", properties: { total: 1.234 } },
      "inexact_amount",
      "金额（total）应为人民币金额，例如 128 或 128.50",
    ],
    [
      { event: "order_paid", properties: { amount: 1, currency: "USD" } },
      "wrong_currency",
      "币种不符：本工作区以 CNY 计",
    ],
    [{ event: "coupon_redeemed", properties: {} }, "reserved_name", "核销优惠券（coupon_redeemed）由系统账本产生"],
  ])("is kept with a cause that each reader is told in their language: %j", async (message, cause, says) => {
    const own = await shop();
    await ingest([], [refused(own, { userId: "u1", ...message })]);
    const [letter] = await letters(own, { cause });
    expect(letter).toMatchObject({ cause, says: { "zh-CN": expect.stringContaining(says) }, mayJudge: false });
    expect(await letters(own, { cause: "not_judged" })).toEqual([]);
  });

  it("tells whose it is as it says itself, who is known by that, and of which order it is", async () => {
    const own = await shop();
    const properties = { order_id: "R-7001", amount: "8 yuan" };
    await ingest([], [refused(own, { event: "order_paid", userId: "u-7", properties })]);
    await ingest(
      [],
      [
        refused(own, {
          event: "order_paid",
          anonymousId: "a-7",
          properties,
          context: { traits: { email: "Ada@Shop.cn" } },
        }),
      ],
    );
    const found = async () =>
      (await letters(own)).map(({ order, sender }) => [order, sender?.as, sender?.value, sender?.memberName]);
    expect((await found()).sort()).toEqual([
      ["R-7001", "email", "Ada@Shop.cn", null],
      ["R-7001", "userId", "u-7", null],
    ]);
    const ada = newId();
    await engine(async (tx) => {
      await tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${own.workspace}, ${ada}, 'Ada')`);
      await tx.run(sql`
        INSERT INTO identity (workspace_id, kind, value, member_id)
        VALUES (${own.workspace}, 'email', 'ada@shop.cn', ${ada})`);
    });
    expect((await found()).sort()).toEqual([
      ["R-7001", "email", "Ada@Shop.cn", "Ada"],
      ["R-7001", "userId", "u-7", null],
    ]);
  });

  it("is found by its name, its day, its member and any of its words", async () => {
    const own = await shop();
    await ingest([], [order(own, "till-7 00042")]);
    await buried(own, 1, "broken rule");
    for (const filter of [{ name: "order_paid" }, { q: "TILL-7 00042" }, { q: "8 yuan" }])
      expect((await letters(own, filter)).map(({ name }) => name)).toEqual(["order_paid"]);
    expect((await letters(own, { q: "Member 1" })).map(({ name }) => name)).toEqual(["store_visit"]);
    expect(await letters(own, { to: "2020-01-01" })).toEqual([]);
    expect(await letters(own, { state: "closed" })).toEqual([]);
  });

  it("is corrected into an event of its own that is linked to it, once, and the audit says so", async () => {
    const own = await shop();
    await ingest([], [order(own, "m1")]);
    const [letter] = await letters(own);
    const ask = (message: object) => ({ letter: letter?.id, message });
    const wrong = { event: "order_paid", userId: "u1", properties: { amount: 8.5 } };
    const right = { event: "order_paid", userId: "u1", properties: { amount: 800 } };
    const found = {
      path: ["message", "properties", "amount"],
      says: { "zh-CN": expect.stringContaining("应为以最小货币单位") },
      // For a form that takes amounts in whole units.
      cause: "wrong_property",
      facts: { wanted: "money" },
    };
    expect(await call(checkCorrection, own.actor("ops"), ask(wrong))).toMatchObject({ value: { problems: [found] } });
    expect(await call(correctDeadLetter, own.actor("ops"), ask(wrong))).toMatchObject({
      reason: "invalid",
      path: found.path,
      chinese: found.says["zh-CN"],
    });
    const worse = { event: "order_paid", userId: "u1", properties: { amount: "8 yuan", channel: "moon", tax: -0.5 } };
    const all = await call(checkCorrection, own.actor("ops"), ask(worse));
    expect(all.ok && all.value.problems.map(({ path }) => path.at(-1)).sort()).toEqual(["amount", "channel", "tax"]);
    expect(await call(checkCorrection, own.actor("ops"), ask(right))).toMatchObject({ value: { isLate: false } });
    expect(await events(own)).toEqual([]);
    const both = await Promise.all([1, 2].map(() => call(correctDeadLetter, own.actor("ops"), ask(right))));
    expect(both.map((one) => (one.ok ? "sent" : one.reason)).sort()).toEqual(["conflict", "sent"]);
    const [event, ...more] = await events(own);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      messageId: "m1",
      properties: { amount: 800 },
      context: { correctedFrom: letter?.id },
    });
    expect((await letters(own, { state: "closed" }))[0]).toMatchObject({ id: letter?.id, correctedAs: event?.id });
    const audited = await peek<{ subject: string }>(sql`
      SELECT subject FROM audit WHERE workspace_id = ${own.workspace} AND action = 'dead_letter.corrected'`);
    expect(audited).toEqual([{ subject: letter?.id }]);
  });

  it("is corrected beside others of the same new member, at one instant: all are sent, to one member", async () => {
    const own = await shop();
    const count = 6;
    await ingest(
      [],
      Array.from({ length: count }, (_, i) => order(own, `at once ${i}`)),
    );
    const message = { event: "order_paid", userId: "nobody yet", properties: { amount: 100 } };
    const open = await letters(own);
    const sent = await Promise.all(
      open.map(({ id }) => call(correctDeadLetter, own.actor("ops"), { letter: id, message })),
    );
    expect(sent.map((one) => (one.ok ? "sent" : one.reason))).toEqual(Array.from({ length: count }, () => "sent"));
    expect(new Set(sent.map((one) => one.ok && one.value.member)).size).toBe(1);
  });

  it("acts once when its sender has mended and repeated it meanwhile", async () => {
    const own = await shop();
    await ingest([], [order(own, "m2")]);
    const [letter] = await letters(own);
    const message = { event: "order_paid", userId: "u1", properties: { amount: 900 } };
    const read = normalise({ ...message, messageId: "m2" }, "track", {
      receivedAt: Date.now(),
      currency: "CNY",
      isTrusted: false,
    });
    if (read.is !== "event") throw new Error(read.is);
    await ingest([
      {
        workspace: own.workspace,
        id: newId(),
        messageId: "m2",
        bodyHash: "theirs",
        isTrusted: false,
        draft: read.event,
        said: message,
      },
    ]);
    expect(await call(correctDeadLetter, own.actor(), { letter: letter?.id, message })).toMatchObject({
      reason: "conflict",
      detail: expect.stringContaining("sent it again"),
    });
    expect(await events(own)).toHaveLength(1);
    expect(await letters(own, { state: "open" })).toHaveLength(1);
  });

  it("keeps the trust it was sent with: nobody corrects it into what only a server may say", async () => {
    const own = await shop();
    await ingest([], [order(own, "m3")]);
    const [letter] = await letters(own);
    const message = { event: "coupon_redeemed", userId: "u1", properties: {} };
    expect(await call(checkCorrection, own.actor(), { letter: letter?.id, message })).toMatchObject({
      value: { problems: [{ says: { en: expect.stringContaining("told by our own ledgers") } }] },
    });
  });

  it("of a server is trusted for what the server said: another event, another member or other traits are the corrector's word", async () => {
    const own = await shop();
    const tier = { event: "tier_changed", userId: "u1", properties: { tier: "gold" } };
    const paid = { event: "order_paid", userId: "u1", properties: { amount: 800 } };
    const gold = { context: { traits: { tier: "gold" } } };
    await ingest([], [refused(own, { ...paid, messageId: "m4", properties: {} }, SERVER)]);
    const reused = { code: "message_id_reused" as const, facts: { event: "tier_changed" } };
    const paper = { workspace: own.workspace, messageId: "m5", bodyHash: "theirs", ...SERVER, said: tier };
    await ingest([], [{ ...paper, cause: reused, type: "track", name: "tier_changed" }]);
    const [orders] = await letters(own, { name: "order_paid" });
    const [tiers] = await letters(own, { name: "tier_changed" });
    const isRefused = { reason: "invalid", detail: expect.stringContaining("told by our own ledgers") };
    for (const [letter, message] of [
      [orders, tier],
      [tiers, { ...tier, userId: "somebody else" }],
      [tiers, { ...tier, anonymousId: "somebody else" }],
      [tiers, { ...tier, context: { externalIds: [{ type: "phone", id: "+8613800000001" }] } }],
    ] as const)
      expect(await call(correctDeadLetter, own.actor("ops"), { letter: letter?.id, message })).toMatchObject(isRefused);
    const asked = { letter: orders?.id, message: { ...paid, ...gold } };
    expect(await call(correctDeadLetter, own.actor("ops"), asked)).toMatchObject({ ok: true });
    await dispatchAll();
    const tierOf = () => peek<{ tier: string }>(sql`SELECT tier FROM member WHERE workspace_id = ${own.workspace}`);
    expect(await tierOf()).toEqual([{ tier: "basic" }]);
    expect(await call(correctDeadLetter, own.actor("ops"), { letter: tiers?.id, message: tier })).toMatchObject({
      ok: true,
    });
    await dispatchAll();
    expect(await tierOf()).toEqual([{ tier: "gold" }]);
  });

  it("tells its lane, corrected or judged again", async () => {
    const own = await shop();
    const member = await buried(own, 1, "broken rule");
    await ingest([], [order(own, "m6")]);
    const all = await letters(own);
    const [corrected] = all.filter(({ name }) => name === "order_paid");
    const [judged] = all.filter((one) => one.member === member);
    await peek(sql`UPDATE lane SET is_idle = true`);
    const told: string[] = [];
    const stop = await listen(
      ["lane"],
      (_, lane) => told.push(lane),
      () => {},
    );
    const message = { event: "order_paid", userId: "u1", properties: { amount: 800 } };
    expect(await call(correctDeadLetter, own.actor("ops"), { letter: corrected?.id, message })).toMatchObject({
      ok: true,
    });
    await expect.poll(() => told).toHaveLength(1);
    expect(await call(replayDeadLetter, own.actor("ops"), { letter: judged?.id })).toMatchObject({ ok: true });
    await expect.poll(() => told).toHaveLength(2);
    await stop();
  });

  it.each([
    ["page", { name: "Home", userId: "u1", context: { locale: "zh-CN" }, properties: { a: 1 } }],
    ["alias", { previousId: "a9", userId: "u1", context: { locale: "zh-CN" } }],
    ["group", { groupId: "g1", userId: "u1", traits: { plan: "family" }, historical: true }],
    ["identify", { userId: "u1", traits: { city: "Chengdu" }, context: { locale: "zh-CN" } }],
  ])("that dispatch stumbled over is drafted as it was said: %s", async (type, message) => {
    const own = await shop();
    const messageId = newId();
    const sender = { receivedAt: Date.now(), currency: "CNY", ...BROWSER };
    const read = normalise({ ...message, messageId }, type, sender);
    if (read.is !== "event") throw new Error(read.is);
    const { workspace } = own;
    await ingest([{ workspace, id: newId(), messageId, bodyHash: "x", ...BROWSER, draft: read.event, said: message }]);
    const [row] = await peek<{ event: unknown; member: MemberId }>(sql`
      SELECT event, member_id AS member FROM inbox WHERE workspace_id = ${workspace}`);
    if (!row) throw new Error("not accepted");
    await engine((tx) => bury(tx, workspace, { kind: "event", reason: "x", member: row.member, payload: row.event }));
    const [letter] = await letters(own);
    const draft = await call(draftCorrection, own.actor("ops"), { letter: letter?.id });
    const asked = { letter: letter?.id, message: draft.ok && draft.value.message };
    expect(await call(correctDeadLetter, own.actor("ops"), asked)).toMatchObject({ ok: true });
    const [first, second] = await peek<{ context: object }>(sql`
      SELECT type, name, properties, context, occurred_at, is_historical, member_id FROM event
      WHERE workspace_id = ${workspace} ORDER BY accepted_at, id`);
    expect(second).toEqual({ ...first, context: { ...first?.context, correctedFrom: letter?.id } });
  });

  it("that dispatch stumbled over can be corrected too, if its member is named in it", async () => {
    const own = await shop();
    const member = await buried(own, 1, "broken rule");
    const nameless = (await letters(own)).find((one) => one.member === member);
    expect(await call(draftCorrection, own.actor(), { letter: nameless?.id })).toMatchObject({ reason: "conflict" });
    await engine((tx) =>
      bury(tx, own.workspace, {
        kind: "event",
        reason: "x",
        member,
        payload: { ...event("store_visit"), userId: "u1" },
      }),
    );
    const [letter] = await letters(own);
    const draft = await call(draftCorrection, own.actor(), { letter: letter?.id });
    expect(draft).toMatchObject({ value: { message: { type: "track", event: "store_visit", userId: "u1" } } });
    const asked = { letter: letter?.id, message: draft.ok && draft.value.message };
    expect(await call(correctDeadLetter, own.actor("ops"), asked)).toMatchObject({ ok: true });
    expect(await call(replayDeadLetter, own.actor("ops"), { letter: letter?.id })).toMatchObject({
      reason: "conflict",
    });
    expect(await events(own)).toHaveLength(1);
  });
});

it("tells beforehand how many can be judged again, and judges only the chosen", async () => {
  const own = await shop();
  await buried(own, 3, "broken rule");
  const open = await letters(own, { state: "open" });
  const chosen = open.slice(0, 3).map(({ id }) => id);
  const ofChosen = open.slice(0, 3).filter(({ mayJudge }) => mayJudge).length;
  const counted = await call(countReplayable, own.actor("ops"), {});
  expect(counted).toMatchObject({ value: { count: 3, others: 1 } });
  expect(await call(countReplayable, own.actor("ops"), { letters: chosen })).toMatchObject({
    value: { count: ofChosen },
  });
  expect(await call(replayDeadLetters, own.actor("ops"), { letters: chosen })).toMatchObject({
    value: { replayed: ofChosen },
  });
  expect(await call(replayDeadLetters, own.actor("viewer"), {})).toMatchObject({ reason: "not_allowed" });
});
