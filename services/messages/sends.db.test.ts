import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { NOT_BEGUN } from "@/channels/provider";
import { sandboxForTests } from "@/channels/sandbox-harness";
import { twilioSms } from "@/channels/twilio";
import type { MessageId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { readCircuits } from "./providers/circuits";
import type { Account } from "./pumping/account";
import { claim } from "./pumping/claim";
import type { Prepared } from "./pumping/deliver";
import { beginCalls } from "./pumping/outcome";
import { Pump } from "./pumping/pump";
import { putBackOwn, putBackUncalled } from "./pumping/put-back";
import { row, sends, states } from "./sends-harness";

await database({ max: 20 });

const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());

const { account, queue, run } = sends(sandbox);

describe("a provider that fails", () => {
  it("opens its circuit for every worker, and the second account carries the channel until the first works again", async () => {
    const own = await shop();
    const people = await members(own, 40);
    await queue(own, people);
    await sandbox.order("sms", "503", 1000);
    const first = account("broken");
    let carried = 0;
    const second = account("spare", {
      send: async () => {
        carried += 1;
        return { is: "accepted", ref: `S${carried}` };
      },
    });
    // Its first claim meets the failing provider; what was refused waits, the circuit is open.
    await run(own, [first, second], 1);
    const open = (await readCircuits(["broken"])).get("broken");
    expect(open?.trips).toBe(1);
    expect(open?.openUntil).toBeGreaterThan(Date.now());
    // Another worker knows it from the ledger.
    await engine((tx) => tx.run(sql`UPDATE message SET not_before = now() WHERE workspace_id = ${own.workspace}`));
    await run(own, [first, second]);
    expect(await states(own)).toEqual({ "accepted spare": 40 });
    expect(carried).toBe(40);

    await sandbox.order("sms", "none");
    await engine((tx) => tx.run(sql`UPDATE provider_circuit SET open_until = now() WHERE provider = 'broken'`));
    await queue(own, people.slice(0, 10));
    await run(own, [first, second]);
    expect((await readCircuits(["broken"])).get("broken")).toMatchObject({ failures: 0, trips: 0, openUntil: null });
    // A few were risked to see that it works; what came meanwhile did not wait for the answer.
    const { "accepted broken": probes = 0, "accepted spare": spare = 0 } = await states(own);
    expect(probes).toBeGreaterThanOrEqual(2);
    expect(probes + spare).toBe(50);
  });

  it("costs its queue no attempts while nobody else can carry it", async () => {
    const own = await shop();
    await queue(own, await members(own, 30));
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO provider_circuit (provider, failures, trips, open_until, changed_at) VALUES ('away', 5, 1, now() + interval '1 minute', now())`),
    );
    await run(own, [account("away")]);
    const [count] = await peek<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} AND state = 'queued' AND attempts = 0`,
    );
    expect(count?.n).toBe(30);
  });

  it("leaves in doubt what was taken and never answered, and asks its records instead of repeating", async () => {
    const own = await shop();
    const [id] = await queue(own, await members(own, 1), "In doubt");
    if (!id) throw new Error("no message");
    await sandbox.order("sms", "accept-then-cut");
    const settings = { ...twilioSms.sandbox, baseUrl: sandbox.sandbox.url, timeoutMs: 5000 };
    const asking = account("doubtful", {
      find: (key, lost) => twilioSms.find?.(settings, key, lost as never) ?? Promise.resolve({ is: "unknown" }),
    });
    await run(own, [asking], 1);
    expect(await row(id)).toMatchObject({ state: "unknown" });
    await engine((tx) =>
      tx.run(sql`UPDATE message SET claimed_at = claimed_at - interval '66 seconds' WHERE id = ${id}`),
    );
    // The call is as old as the provider's record of it.
    const shifted = account("doubtful", {
      find: (key, lost) =>
        twilioSms.find?.(settings, key, {
          ...lost,
          since: new Date(lost.since.getTime() + 65_000),
          until: new Date(lost.until.getTime() + 65_000),
        } as never) ?? Promise.resolve({ is: "unknown" }),
    });
    await run(own, [shifted], 1);
    expect(await row(id)).toMatchObject({ state: "accepted" });
    expect((await sandbox.inbox({ channel: "sms" })).filter(({ text }) => text?.includes("In doubt"))).toHaveLength(1);
  });
});

/** Past the time-out and the minute after which records are asked. */
const AGED_MS = 62_000;

it("waits for records that do not answer no longer than a stopping worker has, and asks them nothing more", async () => {
  const own = await shop();
  const ids = await queue(own, await members(own, 2), "Stopping");
  await engine((tx) =>
    tx.run(sql`
      UPDATE message SET state = 'unknown', address = '+8613800138333', provider = 'deaf', rendered = '{"text": "Stopping"}', claimed_at = now() - interval '10 minutes', not_before = now()
      WHERE id = ANY(${ids}::uuid[])`),
  );
  let asked = 0;
  const answers: (() => void)[] = [];
  const deaf = account("deaf", {
    find: () => {
      asked += 1;
      return new Promise((resolve) => answers.push(() => resolve({ is: "unknown" })));
    },
  });
  const pump = new Pump(own.workspace, "sms", "w", [deaf]);
  await pump.turn();
  await until(() => asked === 1, { what: "the records are asked" });
  await pump.drain(0);
  for (const answer of answers) answer();
  await pump.drain();
  expect(asked).toBe(1);
});

it("is not taken for a message with the same words to another member of the same phone", async () => {
  const own = await shop();
  const people = await members(own, 2);
  await engine((tx) =>
    tx.run(
      sql`UPDATE member SET phone = '+8613800138222' WHERE workspace_id = ${own.workspace} AND id = ANY(${people}::uuid[])`,
    ),
  );
  const settings = { ...twilioSms.sandbox, baseUrl: sandbox.sandbox.url, timeoutMs: 1500 };
  const asking = account("shared phone", {
    timeoutMs: 1500,
    send: (message, stop) => twilioSms.send(settings, message as Parameters<typeof twilioSms.send>[1], stop),
    // The call is as old as the provider's record of the other one.
    find: (key, { since, until, ...lost }) =>
      twilioSms.find?.(settings, key, {
        ...lost,
        since: new Date(since.getTime() + AGED_MS),
        until: new Date(until.getTime() + AGED_MS),
      } as never) ?? Promise.resolve({ is: "unknown" }),
  });
  await sandbox.order("sms", "hang");
  const [lost] = await queue(own, people.slice(0, 1), "Same words");
  if (!lost) throw new Error("no message");
  await run(own, [asking], 1);
  expect(await row(lost)).toMatchObject({ state: "unknown" });
  await queue(own, people.slice(1), "Same words");
  await run(own, [asking], 1);
  await engine((tx) =>
    tx.run(sql`UPDATE message SET claimed_at = claimed_at - ${`${AGED_MS} milliseconds`}::interval WHERE id = ${lost}`),
  );
  // Their records show one such message, and it is the other one's: this one never arrived, and goes again.
  await run(own, [asking]);
  expect(await row(lost)).toMatchObject({ state: "accepted" });
  expect((await sandbox.inbox({ channel: "sms" })).filter(({ text }) => text?.includes("Same words"))).toHaveLength(2);
});

describe("what is claimed", () => {
  const inState = async (own: Shop) =>
    peek<{ state: string; attempts: number; n: number }>(
      sql`SELECT state, attempts, count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} GROUP BY 1, 2 ORDER BY 1, 2`,
    );
  const silent = (name: string, more: Partial<Account> = {}) =>
    account(name, {
      send: (_, stop) =>
        new Promise((done) => stop.addEventListener("abort", () => done({ is: "unknown" }), { once: true })),
      ...more,
    });

  it("is no more than its account carries at once, over all its queues", async () => {
    const [one, two] = [await shop(), await shop()];
    for (const own of [one, two]) await queue(own, await members(own, 30));
    const five = silent("five", { atOnce: 5 });
    const pumps = [one, two].map((own) => new Pump(own.workspace, "sms", "w", [five]));
    for (let turn = 0; turn < 3; turn++) await Promise.all(pumps.map((pump) => pump.turn()));
    const claimed = [...(await inState(one)), ...(await inState(two))].filter(({ state }) => state === "claimed");
    expect(claimed.reduce((sum, { n }) => sum + n, 0)).toBe(5);
    await Promise.all(pumps.map((pump) => pump.drain(0)));
  });
  it("and what was answered counts until it is written, however slowly that goes", async () => {
    await engine(async (tx) => {
      await tx.run(
        sql`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END'`,
      );
      await tx.run(sql`
        CREATE TRIGGER slowly BEFORE UPDATE ON message FOR EACH ROW WHEN (NEW.provider = 'written-slowly' AND NEW.state = 'accepted') EXECUTE FUNCTION slowly()`);
    });
    const own = await shop();
    await queue(own, await members(own, 60));
    let most = 0;
    let nth = 0;
    const six = account("written-slowly", {
      atOnce: 6,
      send: async () => {
        const ref = `W${++nth}`;
        await pause((nth % 6) * 7);
        const [row] = await peek<{ n: number }>(
          sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} AND state = 'claimed'`,
        );
        most = Math.max(most, row?.n ?? 0);
        return { is: "accepted", ref };
      },
    });
    await run(own, [six], 500);
    expect([nth, most]).toEqual([60, 6]);
  });
  it("and in doubt when its worker must stop says nothing of the provider", async () => {
    const own = await shop();
    await queue(own, await members(own, 20));
    const pump = new Pump(own.workspace, "sms", "w", [silent("patient", { atOnce: 20 })]);
    await pump.turn();
    await pump.drain(10);
    expect(await inState(own)).toEqual([{ state: "unknown", attempts: 1, n: 20 }]);
    expect((await readCircuits(["patient"])).get("patient")).toBeUndefined();
  });
  it("and not answered in the provider's time counts against it", async () => {
    const own = await shop();
    await queue(own, await members(own, 20));
    await run(own, [silent("deaf", { atOnce: 20, timeoutMs: 50 })], 1);
    expect(await inState(own)).toEqual([{ state: "unknown", attempts: 1, n: 20 }]);
    expect((await readCircuits(["deaf"])).get("deaf")).toMatchObject({ trips: 1 });
  });
  it("and not begun for want of a connection of ours goes back untried", async () => {
    const own = await shop();
    await queue(own, await members(own, 5));
    const full = account("full", {
      send: async () => ({ is: "refused", lasting: false, suppress: false, reason: NOT_BEGUN }),
    });
    await run(own, [full], 1);
    expect(await inState(own)).toEqual([{ state: "queued", attempts: 0, n: 5 }]);
    expect((await readCircuits(["full"])).get("full")).toBeUndefined();
  });
  it("and never begun, as nobody heard of the claim, is put back with its money; what began stays", async () => {
    const own = await shop();
    await engine((tx) =>
      tx.run(
        sql`UPDATE workspace SET settings = ${json({ messaging: { prices: { sms: 7 } } })}::jsonb WHERE id = ${own.workspace}`,
      ),
    );
    await queue(own, await members(own, 5));
    const { claimed } = await claim(own.workspace, "sms", 5, { worker: "lost", provider: "p" });
    const [begun] = claimed;
    if (!begun) throw new Error("nothing claimed");
    expect(await putBackOwn(own.workspace, "sms", "another", [])).toBe(0);
    expect(await putBackOwn(own.workspace, "sms", "lost", [begun.id])).toBe(4);
    expect(await putBackOwn(own.workspace, "sms", "lost", [begun.id])).toBe(0);
    expect(await inState(own)).toEqual([
      { state: "claimed", attempts: 1, n: 1 },
      { state: "queued", attempts: 0, n: 4 },
    ]);
    const spent = sql`SELECT spent FROM spending WHERE workspace_id = ${own.workspace} AND subject LIKE 'month %'`;
    expect(await peek(spent)).toEqual([{ spent: 7 }]);
  });
  it("and died with before its call was noted goes again, however long ago; what was noted stays", async () => {
    const own = await shop();
    const [old, older, young, noted] = await queue(own, await members(own, 4));
    const { claimed } = await claim(own.workspace, "sms", 4, { worker: "dead", provider: "p" });
    expect(claimed).toHaveLength(4);
    await engine(async (tx) => {
      await tx.run(
        sql`UPDATE message SET claimed_at = claimed_at - interval '11 seconds' WHERE id = ANY(${[old, noted]}::uuid[])`,
      );
      await tx.run(sql`UPDATE message SET claimed_at = claimed_at - interval '20 days' WHERE id = ${older}`);
      await tx.run(sql`UPDATE message SET called_at = claimed_at WHERE id = ${noted}`);
    });
    const called: string[] = [];
    await run(own, [
      account("without records", {
        send: async ({ key }) => {
          called.push(key);
          return { is: "accepted", ref: key };
        },
      }),
    ]);
    expect(called.sort()).toEqual([old, older].sort());
    expect(await row(young as MessageId)).toMatchObject({ state: "claimed" });
    expect(await row(noted as MessageId)).toMatchObject({ state: "claimed" });
  });
  it("and put back while its claimer slept is not called by it when it wakes", async () => {
    const own = await shop();
    const [id, kept] = await queue(own, await members(own, 2));
    const { claimed } = await claim(own.workspace, "sms", 2, { worker: "sleeper", provider: "p" });
    const awake = (of: typeof claimed): Prepared[] =>
      of.map((message) => ({ message, ok: true, content: { text: "Hello" }, words: { text: "Hello" } }));
    await engine((tx) =>
      tx.run(sql`UPDATE message SET claimed_at = claimed_at - interval '11 seconds' WHERE id = ${id}`),
    );
    expect(await putBackUncalled(own.workspace, "sms")).toBe(1);
    await claim(own.workspace, "sms", 2, { worker: "another", provider: "p" });
    const begun = await beginCalls(own.workspace, "sleeper", awake(claimed));
    expect(begun.map(({ message }) => message.id)).toEqual([kept]);
    expect(await putBackUncalled(own.workspace, "sms")).toBe(0);
  });
  it("and answered late, when it was called unknown already, is what the provider said", async () => {
    const own = await shop();
    const [id] = await queue(own, await members(own, 1));
    if (!id) throw new Error("no message");
    await run(own, [
      account("thawed", {
        send: async () => {
          await engine((tx) => tx.run(sql`UPDATE message SET state = 'unknown' WHERE id = ${id}`));
          return { is: "accepted", ref: "late" };
        },
      }),
    ]);
    expect(await row(id)).toMatchObject({ state: "accepted", ref: "late" });
  });
});

it("charges what went and gives back what did not", async () => {
  const own = await shop();
  await engine((tx) =>
    tx.run(
      sql`UPDATE workspace SET settings = ${json({ messaging: { prices: { sms: 7 } } })}::jsonb WHERE id = ${own.workspace}`,
    ),
  );
  await queue(own, await members(own, 3), "x".repeat(200));
  let nth = 0;
  await run(own, [
    account("priced", {
      send: async () =>
        ++nth === 1
          ? { is: "accepted", ref: "1" }
          : nth === 2
            ? { is: "unknown" }
            : { is: "refused", lasting: true, suppress: false, reason: "spam" },
    }),
  ]);
  // 200 letters behind a Chinese signature: 208 UCS-2 units, four parts of 67.
  expect(
    await peek(sql`SELECT state, parts, cost FROM message WHERE workspace_id = ${own.workspace} ORDER BY state`),
  ).toEqual([
    { state: "accepted", parts: 4, cost: 28 },
    { state: "failed", parts: 4, cost: 0 },
    { state: "unknown", parts: 4, cost: 28 },
  ]);
  expect(
    await peek(sql`SELECT spent FROM spending WHERE workspace_id = ${own.workspace} AND subject LIKE 'month %'`),
  ).toEqual([{ spent: 56 }]);
});
