import { describe, expect, it } from "vitest";
import type { MemberId, MessageId, RunId, StepId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { askRecords } from "./pumping/reconcile";
import { queueMessages } from "./queue";
import { previewSendAgain, sendAgain } from "./send-again";

await database();

/** A message to a member, in a state it came to. */
async function message(
  own: Shop,
  member: MemberId,
  state: string,
  purpose: "service" | "marketing" = "service",
): Promise<MessageId> {
  const id = newId<MessageId>();
  await engine(async (tx) => {
    const queued = {
      id,
      member,
      channel: "sms" as const,
      purpose,
      priority: 0,
      content: { in: "row" as const, content: { en: { text: "Hello" } } },
      variables: {},
      expiresAt: new Date(Date.now() + 7_200_000),
    };
    queueMessages(tx, own.workspace, [queued], new Date());
    await tx.run(
      sql`UPDATE message SET state = ${state}, address = '+8613800000001' WHERE workspace_id = ${own.workspace} AND id = ${id}`,
    );
  });
  return id;
}
const queuedIn = (own: Shop) =>
  peek<{ of: string; content: unknown; hours: number }>(sql`
    SELECT again_of AS of, content, round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours
    FROM message WHERE workspace_id = ${own.workspace} AND again_of IS NOT NULL`);

it("sends again what certainly failed or never left, and says of the rest why not", async () => {
  const own = await shop();
  const [member, barred, silent, nowhere] = await members(own, 4);
  if (!member || !barred || !silent || !nowhere) throw new Error("no members");
  const of: Record<string, MessageId> = {};
  for (const state of ["failed", "skipped", "unknown", "accepted", "delivered", "queued", "claimed"])
    of[state] = await message(own, member, state);
  await engine(async (tx) => {
    const { workspace } = own;
    await tx.run(sql`
      INSERT INTO suppression (workspace_id, channel, address, reason, at)
      SELECT ${workspace}, 'sms', phone, 'bounced', now() FROM member WHERE workspace_id = ${workspace} AND id = ${barred}`);
    await tx.run(sql`UPDATE member SET phone = NULL WHERE workspace_id = ${workspace} AND id = ${nowhere}`);
    await tx.run(
      sql`UPDATE consent SET is_granted = false WHERE workspace_id = ${workspace} AND member_id = ${silent}`,
    );
  });
  of.barred = await message(own, barred, "failed");
  of.nowhere = await message(own, nowhere, "failed");
  of.silent = await message(own, silent, "skipped", "marketing");
  const why = {
    failed: null,
    skipped: null,
    unknown: "in_doubt",
    accepted: "arrived",
    delivered: "arrived",
    queued: "under_way",
    claimed: "under_way",
    barred: "barred",
    nowhere: "no_address",
    silent: "no_consent",
  };
  const asked = { messages: Object.values(of) };
  expect(await call(previewSendAgain, own.actor("ops"), asked)).toMatchObject({
    value: { count: 2, items: Object.entries(why).map(([name, reason]) => ({ id: of[name], why: reason })) },
  });
  const sent = await call(sendAgain, own.actor("ops"), asked);
  expect(sent.ok && sent.value.sent.map((one) => one.of).sort()).toEqual([of.failed, of.skipped].sort());
  expect(sent.ok && sent.value.left).toHaveLength(8);
  expect(await queuedIn(own)).toEqual([
    { of: expect.any(String), content: { en: { text: "Hello" } }, hours: 2 },
    { of: expect.any(String), content: { en: { text: "Hello" } }, hours: 2 },
  ]);
});

it("sends what is in doubt again only when that is chosen, and the audit tells it", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const doubtful = await message(own, member, "unknown");
  const failed = await message(own, member, "failed");
  const asked = { messages: [doubtful, failed] };
  expect(await call(previewSendAgain, own.actor("ops"), asked)).toMatchObject({
    value: {
      count: 1,
      items: [
        { id: doubtful, why: "in_doubt", isInDoubt: true },
        { id: failed, why: null, isInDoubt: false },
      ],
    },
  });
  const open = { ...asked, evenInDoubt: true };
  expect(await call(previewSendAgain, own.actor("ops"), open)).toMatchObject({ value: { count: 2 } });
  expect(await call(sendAgain, own.actor("ops"), open)).toMatchObject({ ok: true, value: { left: [] } });
  expect(await queuedIn(own)).toHaveLength(2);
  expect(
    await peek(sql`SELECT detail FROM audit WHERE workspace_id = ${own.workspace} AND action = 'message.sent_again'`),
  ).toEqual([{ detail: { count: 2, inDoubt: 1 } }]);
  expect(await call(previewSendAgain, own.actor("ops"), { ...open, messages: [doubtful] })).toMatchObject({
    value: { count: 0, items: [{ why: "again_already" }] },
  });
});

it("does not let the first go as well when its provider's records say later that it never arrived", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const doubtful = await message(own, member, "unknown");
  await engine((tx) =>
    tx.run(sql`
      UPDATE message SET claimed_at = now() - interval '2 minutes', called_at = now() - interval '2 minutes', rendered = '{"text":"Hello"}',
        not_before = now() - interval '1 second' WHERE id = ${doubtful}`),
  );
  expect(await call(sendAgain, own.actor("ops"), { messages: [doubtful], evenInDoubt: true })).toMatchObject({
    ok: true,
  });
  await askRecords(own.workspace, "sms", [
    {
      name: "asked",
      channel: "sms",
      timeoutMs: 1000,
      atOnce: 1,
      perSecond: null,
      send: async () => ({ is: "unknown" }),
      find: async () => ({ is: "refused", lasting: false, suppress: false, reason: "never_arrived" }),
    },
  ]);
  expect(await peek(sql`SELECT state, reason FROM message WHERE id = ${doubtful}`)).toEqual([
    { state: "failed", reason: "never_arrived" },
  ]);
});

it("sends a message again once, also when many ask at one instant", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const failed = await message(own, member, "failed");
  const asked = { messages: [failed] };
  const all = await Promise.all(Array.from({ length: 6 }, () => call(sendAgain, own.actor("ops"), asked)));
  expect(all.flatMap((one) => (one.ok ? one.value.sent : []))).toHaveLength(1);
  expect(await queuedIn(own)).toHaveLength(1);
  expect(await call(previewSendAgain, own.actor(), asked)).toMatchObject({
    value: { count: 0, items: [{ why: "again_already" }] },
  });
  expect(await call(sendAgain, own.actor("viewer"), asked)).toMatchObject({ reason: "not_allowed" });
});

/** One word of one run by two channels on each of two laps, all failed. */
async function oneWordTwice(own: Shop) {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const wait = { event: "store_visit", when: { all: [] }, within: "P7D" };
  const { id, plan } = await liveJourney(own, line([[{ id: "w", kind: "wait-for", config: wait }, "happened"]]));
  await accept(own, [{ member, event: event("order_paid", { amount: 100 }) }]);
  await dispatchAll();
  const [run] = await peek<{ id: RunId }>(sql`SELECT id FROM run WHERE journey_id = ${id}`);
  if (!run) throw new Error("no run");
  const of = (lap: number, channel: "sms" | "email") => ({
    id: newId<MessageId>(),
    member,
    channel,
    purpose: "service" as const,
    priority: 0,
    content: {
      in: "plan" as const,
      plan: plan.id,
      journey: id,
      run: run.id,
      step: `say.send_${channel}` as StepId,
      lap,
      effect: 0,
    },
    variables: {},
    expiresAt: new Date(Date.now() + 7_200_000),
  });
  const all = [of(0, "sms"), of(0, "email"), of(1, "sms")] as const;
  await engine(async (tx) => {
    queueMessages(tx, own.workspace, all, new Date());
    await tx.run(sql`UPDATE message SET state = 'failed', address = 'x' WHERE workspace_id = ${own.workspace}`);
  });
  const [sms, email, later] = all;
  return { sms: sms.id, email: email.id, later: later.id };
}

describe("one word of a run by two channels", () => {
  it("goes once of those chosen together: by the channel that was asked for first", async () => {
    const own = await shop();
    const { sms, email, later } = await oneWordTwice(own);
    const asked = { messages: [email, sms, later] };
    const items = [
      { id: email, why: null },
      { id: sms, why: "went_otherwise" },
      { id: later, why: null },
    ];
    expect(await call(previewSendAgain, own.actor("ops"), asked)).toMatchObject({ value: { count: 2, items } });
    const sent = await call(sendAgain, own.actor("ops"), asked);
    expect(sent.ok && sent.value.sent.map((one) => one.of).sort()).toEqual([email, later].sort());
  });

  it("goes by no other channel after it was sent again, and again, on this lap", async () => {
    const own = await shop();
    const { sms, email, later } = await oneWordTwice(own);
    for (const state of ["failed", "delivered"]) {
      const [last] = await peek<{ id: string }>(sql`
        SELECT id FROM message WHERE workspace_id = ${own.workspace} AND again_of = ${sms}`);
      expect(await call(sendAgain, own.actor("ops"), { messages: [last?.id ?? sms] })).toMatchObject({ ok: true });
      await peek(sql`
        UPDATE message SET state = ${state}, address = 'x' WHERE workspace_id = ${own.workspace} AND again_of = ${last?.id ?? sms}`);
    }
    expect(await call(previewSendAgain, own.actor("ops"), { messages: [email, later] })).toMatchObject({
      value: {
        items: [
          { id: email, why: "went_otherwise" },
          { id: later, why: null },
        ],
      },
    });
  });

  it("goes once when two ask for one channel each at one instant", async () => {
    const own = await shop();
    const { sms, email } = await oneWordTwice(own);
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => call(sendAgain, own.actor("ops"), { messages: [i % 2 ? sms : email] })),
    );
    expect(await queuedIn(own)).toHaveLength(1);
  });
});
