import pg from "pg";
import { afterAll, expect, it } from "vitest";
import type { Sent } from "@/channels/provider";
import { sandboxForTests } from "@/channels/sandbox-harness";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { readHome } from "../insight/home";
import { receiveReports } from "../messages/report";
import { sendAgain } from "../messages/send-again";
import { resumeSending, stopSending } from "../messages/sending";
import { sends } from "../messages/sends-harness";
import { countReplayable, listDeadLetters, replayDeadLetter, replayDeadLetters } from "./dead-letters";
import { setLettersAside } from "./set-aside";

const { url } = await database();
const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());
const { account, queue, run } = sends(sandbox);

const answering = (sent: Sent) => account(`lost ${JSON.stringify(sent)}`, { send: async () => sent });
const REFUSED: Sent = { is: "refused", lasting: true, suppress: false, reason: "21408 no permission to send there" };
const letters = async (own: Shop, state = "open") =>
  value(await call(listDeadLetters, own.actor(), { kind: "send", state })).items;
const causes = async (own: Shop) => (await letters(own)).map(({ cause, facts }) => `${cause}: ${facts.detail}`);

/** Messages to so many members that the provider refused for good. */
async function lost(own: Shop, count: number, more: { text?: string; sent?: Sent } = {}) {
  const people = await members(own, count);
  const ids = await queue(own, people, more.text);
  await run(own, [answering(more.sent ?? REFUSED)]);
  return { people, ids };
}

it("keeps a message that the provider refused for good, with its reason, and sends it again once", async () => {
  const own = await shop();
  const { ids, people } = await lost(own, 1);
  const [letter] = await letters(own);
  expect(letter).toMatchObject({
    id: ids[0],
    kind: "send",
    name: "message_failed",
    member: people[0],
    messageId: ids[0],
    cause: "send_refused",
    says: { "zh-CN": "服务商明确拒绝：21408 no permission to send there" },
    mayJudge: true,
  });
  expect(value(await call(readHome, own.actor(), {})).attention).toMatchObject({ lostSends: 1, deadLetters: 0 });

  const replay = () => call(replayDeadLetter, own.actor("ops"), { letter: ids[0] });
  const both = await Promise.all([replay(), replay()]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  await run(own, [answering({ is: "accepted", ref: "S1" })]);
  expect(
    await peek(sql`SELECT state, again_of FROM message WHERE workspace_id = ${own.workspace} ORDER BY id`),
  ).toMatchObject([
    { state: "failed", again_of: null },
    { state: "accepted", again_of: ids[0] },
  ]);
  expect(await letters(own)).toEqual([]);
  expect((await letters(own, "closed")).map(({ id }) => id)).toEqual(ids);
  expect(await replay()).toMatchObject({ ok: false, reason: "conflict" });
  expect(
    await peek(sql`SELECT action FROM audit WHERE workspace_id = ${own.workspace} AND action LIKE 'dead_letter%'`),
  ).toEqual([{ action: "dead_letter.replayed" }]);
});

it.each<[string, { text?: string; sent?: Sent }, string[]]>([
  ["words that cannot be made", { text: "{% if %}" }, ["send_unwritten"]],
  ["a refusal of the address", { sent: { ...REFUSED, suppress: true } as Sent }, []],
  ["a refusal that its owner caused", { sent: { ...REFUSED, isPersonal: true } as Sent }, []],
  ["what is in doubt", { sent: { is: "unknown" } }, []],
])("tells fault from fate: %s", async (_, how, expected) => {
  const own = await shop();
  await lost(own, 1, how);
  expect((await causes(own)).map((cause) => cause.split(":")[0])).toEqual(expected);
});

it("keeps what was refused for now until its time was over, and what waited for nothing of the gate's and expired", async () => {
  const own = await shop();
  const expire = (after: string) =>
    engine((tx) =>
      tx.run(
        sql`UPDATE message SET expires_at = clock_timestamp() + ${after}::interval WHERE workspace_id = ${own.workspace} AND state = 'queued'`,
      ),
    );
  await queue(own, await members(own, 1));
  await expire("900 milliseconds");
  await run(own, [answering({ ...REFUSED, lasting: false, reason: "429 slow down" } as Sent)]);
  expect(await causes(own)).toEqual(["send_expired: 429 slow down"]);
  const [, second] = await members(own, 2);
  await queue(own, [second as MemberId]);
  await expire("-1 second");
  await run(own, [answering(REFUSED)]);
  expect(await causes(own)).toEqual(["send_expired: expired", "send_expired: 429 slow down"]);
});

it("keeps nothing of what expired while the workspace had stopped sending itself", async () => {
  const own = await shop();
  const [first, second] = await members(own, 2);
  await queue(own, [first as MemberId]);
  value(await call(stopSending, own.actor(), { reason: "a wrong price" }));
  await engine((tx) =>
    tx.run(
      sql`UPDATE message SET expires_at = clock_timestamp() - interval '1 second' WHERE workspace_id = ${own.workspace} AND state = 'queued'`,
    ),
  );
  value(await call(resumeSending, own.actor(), {}));
  await queue(own, [second as MemberId]);
  await run(own, [answering(REFUSED)]);
  expect(await causes(own)).toEqual(["send_refused: 21408 no permission to send there"]);
});

const TWILIO = { name: "twilio", channel: "sms" } as const;

it("keeps what a provider took and could not deliver, unless the phone was off", async () => {
  const own = await shop();
  const ids = await queue(own, await members(own, 2));
  await run(own, [answering({ is: "accepted", ref: "S1" })]);
  const failed = { about: "message", ref: "S1", is: "failed", suppress: false } as const;
  const report = (key: MessageId | undefined, more: { reason: string; isPersonal?: true }) =>
    receiveReports(own.workspace, TWILIO, [{ ...failed, key: key ?? "", ...more }], new Date());
  await report(ids[0], { reason: "undelivered 30008" });
  await report(ids[0], { reason: "undelivered 30008" });
  await report(ids[1], { reason: "undelivered 30003", isPersonal: true });
  expect(await causes(own)).toEqual(["send_undelivered: undelivered 30008"]);
});

it("locks messages before their letters, as who sends them again from the list of messages does: neither waits for the other in a circle", async () => {
  const own = await shop();
  const { ids } = await lost(own, 2);
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query("BEGIN");
  await other.query("SELECT 1 FROM message WHERE workspace_id = $1 ORDER BY id FOR NO KEY UPDATE", [own.workspace]);
  const replaying = [
    call(replayDeadLetters, own.actor(), { kind: "send" }),
    call(replayDeadLetter, own.actor(), { letter: ids[0] }),
  ];
  const waiting = () =>
    peek(sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`);
  await until(async () => (await waiting()).length === 2, { what: "both wait for the messages" });
  // Neither holds a letter meanwhile.
  await other.query("SELECT 1 FROM dead_letter WHERE workspace_id = $1 FOR UPDATE NOWAIT", [own.workspace]);
  await other.end();
  await Promise.all(replaying);
  expect(
    await peek(
      sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} AND again_of IS NOT NULL`,
    ),
  ).toEqual([{ n: 2 }]);
});

it("sends many again and leaves those that may not go any more, which can be set aside", async () => {
  const own = await shop();
  const { people, ids } = await lost(own, 3);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, at)
      VALUES (${own.workspace}, ${people[0]}, 'sms', 'service', false, 'test', now())`),
  );
  const ask = { kind: "send" };
  expect(value(await call(countReplayable, own.actor(), ask))).toEqual({ count: 3, others: 0 });
  expect(value(await call(replayDeadLetters, own.actor(), ask))).toEqual({ replayed: 2, left: 1, hindered: 1 });
  expect(await call(replayDeadLetter, own.actor(), { letter: ids[0] })).toMatchObject({
    ok: false,
    detail: "the member does not consent to it",
  });
  value(await call(setLettersAside, own.actor(), { ...ask, why: "withdrew" }));
  expect(await letters(own)).toEqual([]);
});

it("walks past those that may not go, however many stand before the others", async () => {
  const own = await shop();
  const { people } = await lost(own, 1);
  const before = await queue(own, Array(1_001).fill(people[0]));
  await run(own, [answering(REFUSED)]);
  const [, other] = await members(own, 2);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, at)
      VALUES (${own.workspace}, ${people[0]}, 'sms', 'service', false, 'test', now())`),
  );
  await queue(own, [other as MemberId]);
  await run(own, [answering(REFUSED)]);
  expect(value(await call(replayDeadLetters, own.actor(), { kind: "send" }))).toEqual({
    replayed: 1,
    left: before.length + 1,
    hindered: before.length + 1,
  });
});

it("is dealt with when the message is sent again from its own list", async () => {
  const own = await shop();
  const { ids } = await lost(own, 1);
  value(await call(sendAgain, own.actor(), { messages: ids }));
  expect(await letters(own)).toEqual([]);
});
