import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import type { Sent } from "@/channels/provider";
import { sandboxForTests } from "@/channels/sandbox-harness";
import { engine, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { readCircuits } from "./providers/circuits";
import { takeCalls } from "./providers/rate";
import { Pump } from "./pumping/pump";
import { receiveReports } from "./report";
import { row, sends, states } from "./sends-harness";

await database({ max: 20 });
const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());
const { account, queue, run } = sends(sandbox);

let ref = 0;
const accepts = async (): Promise<Sent> => ({ is: "accepted", ref: `A${++ref}` });
/** A promise and what resolves it. */
function gate(): { opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open };
}
/** Puts every message in doubt, long enough ago that records may be asked, by an account. */
const doubt = (own: Shop, provider: string) =>
  engine((tx) =>
    tx.run(sql`
      UPDATE message SET state = 'unknown', reason = 'unknown', provider = ${provider}, address = '+8613800000000', rendered = '{"text":"x"}',
        attempts = 1, claimed_at = now() - interval '1 hour', called_at = now() - interval '1 hour', not_before = now()
      WHERE workspace_id = ${own.workspace}`),
  );
const circuit = (name: string, openFor: string) =>
  engine((tx) =>
    tx.run(sql`
      INSERT INTO provider_circuit (provider, failures, trips, open_until, changed_at)
      VALUES (${name}, 5, 1, now() + ${openFor}::interval, now())
      ON CONFLICT (provider) DO UPDATE SET open_until = EXCLUDED.open_until`),
  );

it("sends what waits while a provider's records do not answer, and asks those no more than once at a time", async () => {
  const own = await shop();
  await queue(own, await members(own, 3));
  await doubt(own, "mute");
  const { opened, open } = gate();
  let asked = 0;
  const mute = account("mute", {
    send: accepts,
    find: async () => {
      asked += 1;
      await opened;
      return { is: "unknown" };
    },
  });
  await queue(own, await members(own, 5));
  const pump = new Pump(own.workspace, "sms", "w/1", [mute]);
  for (let turn = 0; turn < 5; turn++) await pump.turn();
  await until(async () => (await states(own))["accepted mute"] === 5, { deadline: 5000, what: "what waited" });
  expect(asked).toBe(1);
  open();
  await pump.drain();
  // Whoever does not answer for one would not for the next.
  expect(asked).toBe(1);
  expect(await states(own)).toEqual({ "accepted mute": 5, "unknown mute": 3 });
});

it.each<[string, () => Promise<Sent>]>([
  ["throws", () => Promise.reject(new Error("a library's mistake"))],
  ["minds no signal to stop", () => new Promise<never>(() => {})],
])(
  "keeps no slot for a provider that %s: the message is in doubt, and it counts against the provider",
  async (how, send) => {
    const own = await shop();
    await queue(own, await members(own, 5));
    await run(own, [account(how, { send, timeoutMs: 50 })], 1);
    expect(await states(own)).toEqual({ [`unknown ${how}`]: 5 });
    expect((await readCircuits([how])).get(how)).toMatchObject({ trips: 1 });
  },
);

it("tries a provider again though another is busy with what it could not carry", async () => {
  const own = await shop();
  await queue(own, await members(own, 4));
  await circuit("back again", "1 minute");
  const { opened, open } = gate();
  const first = account("back again", { send: accepts });
  const busy = account("busy", { send: async () => opened.then(accepts) });
  const pump = new Pump(own.workspace, "sms", "w/1", [first, busy]);
  await pump.turn();
  expect(await states(own)).toEqual({ "claimed busy": 4 });
  await circuit("back again", "-1 second");
  await queue(own, (await members(own, 10)).slice(4));
  // As old as what a worker may know of circuits.
  await pause(600);
  await until(
    async () => {
      await pump.turn();
      return (await states(own))["accepted back again"] === 6;
    },
    { deadline: 10_000, what: "the first provider" },
  );
  expect(await states(own)).toEqual({ "claimed busy": 4, "accepted back again": 6 });
  open();
  await pump.drain();
});

it("does not wait for hours when the database's clock was set back", async () => {
  const own = await shop();
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO provider_rate (provider, empty_at) VALUES ('set back', (extract(epoch FROM now() + interval '2 hours') * 1000000)::bigint)`),
  );
  await takeCalls("set back", 100, 10);
  await pause(200);
  expect(await takeCalls("set back", 100, 10)).toBe(10);

  await circuit("set back", "2 hours");
  await queue(own, await members(own, 2));
  await run(own, [account("set back", { send: accepts })]);
  expect(await states(own)).toEqual({ "accepted set back": 2 });
});

it("gives a rate to all workers together, however many ask at once", async () => {
  await takeCalls("shared", 100, 1);
  await pause(1100);
  const began = Date.now();
  const taken = await Promise.all(Array.from({ length: 40 }, () => takeCalls("shared", 100, 50)));
  const seconds = (Date.now() - began) / 1000;
  // The burst of a second, and what comes while they ask.
  const all = taken.reduce((sum, one) => sum + one, 0);
  expect(all).toBeGreaterThanOrEqual(100);
  expect(all).toBeLessThanOrEqual(101 + seconds * 100);
});

it("does not believe an earlier attempt's failure of what another provider took since", async () => {
  const own = await shop();
  const [id] = await queue(own, await members(own, 1));
  if (!id) throw new Error("no message");
  await run(own, [account("second", { send: async () => ({ is: "accepted", ref: "SECOND" }) })]);
  const report = (ref: string, is: "failed" | "delivered") =>
    receiveReports(
      own.workspace,
      { name: "first", channel: "sms" },
      [
        {
          about: "message",
          key: id,
          ref,
          is,
          suppress: false,
          ...(is === "failed" && { reason: "undelivered 30008" }),
        },
      ],
      new Date(),
    );
  await report("FIRST", "failed");
  expect(await row(id)).toMatchObject({ state: "accepted", ref: "SECOND" });
  await report("SECOND", "failed");
  expect(await row(id)).toMatchObject({ state: "failed", reason: "undelivered 30008" });
  expect(await peek(sql`SELECT kind FROM dead_letter WHERE workspace_id = ${own.workspace}`)).toHaveLength(1);
});
