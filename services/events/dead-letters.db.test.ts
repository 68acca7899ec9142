import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { dispatchAll, event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { bury } from "./bury";
import { listDeadLetters, replayDeadLetter, replayDeadLetters } from "./dead-letters";

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
