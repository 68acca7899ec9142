import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOT_BEGUN } from "@/channels/provider";
import { sandboxForTests } from "@/channels/sandbox-harness";
import { twilioSms } from "@/channels/twilio";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { follow, opened } from "./links/follow";
import { OPENING, signPlace } from "./links/token";
import { readCircuits } from "./providers/circuits";
import { returnCalls, takeCalls } from "./providers/rate";
import type { Account } from "./pumping/account";
import { claim } from "./pumping/claim";
import { Pump } from "./pumping/pump";
import { putBackOwn } from "./pumping/put-back";
import { queueMessages } from "./queue";
import { receiveReports } from "./report";

await database({ max: 20 });

const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());

/** The sandbox's SMS server under a name of its own, so that each test has its own circuit. */
function account(name: string, more: Partial<Account> = {}): Account {
  const settings = { ...twilioSms.sandbox, baseUrl: sandbox.sandbox.url, timeoutMs: 5000 };
  return {
    name,
    timeoutMs: settings.timeoutMs,
    atOnce: 64,
    perSecond: null,
    send: (message, stop) => twilioSms.send(settings, message as Parameters<typeof twilioSms.send>[1], stop),
    ...more,
  };
}

async function queue(own: Shop, people: readonly MemberId[], text = "Hello"): Promise<MessageId[]> {
  const messages = people.map((member) => ({
    id: newId<MessageId>(),
    member,
    channel: "sms" as const,
    purpose: "service" as const,
    priority: 0,
    content: { in: "row" as const, content: { en: { text } } },
    variables: {},
    expiresAt: new Date(Date.now() + 3_600_000),
  }));
  await engine(async (tx) => queueMessages(tx, own.workspace, messages, new Date()));
  return messages.map(({ id }) => id);
}

async function run(own: Shop, accounts: readonly Account[], turns = 50): Promise<void> {
  const pump = new Pump(own.workspace, "sms", "w/1", accounts);
  for (let turn = 0; turn < turns && (await pump.turn()); turn++);
  await pump.drain();
}

const states = async (own: Shop) =>
  Object.fromEntries(
    (
      await peek<{ state: string; n: number }>(
        sql`SELECT state || COALESCE(' ' || provider, '') AS state, count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} GROUP BY 1`,
      )
    ).map(({ state, n }) => [state, n]),
  );
const row = async (id: MessageId) =>
  (
    await peek<{ state: string; reason: string | null; ref: string | null; delivered: Date | null }>(
      sql`SELECT state, reason, ref, delivered_at AS delivered FROM message WHERE id = ${id}`,
    )
  )[0];

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
const AGED_MS = 61_000;

it("is not taken for a message with the same words to another member of the same phone", async () => {
  const own = await shop();
  const people = await members(own, 2);
  await engine((tx) =>
    tx.run(
      sql`UPDATE member SET phone = '+8613800138222' WHERE workspace_id = ${own.workspace} AND id = ANY(${people}::uuid[])`,
    ),
  );
  const settings = { ...twilioSms.sandbox, baseUrl: sandbox.sandbox.url, timeoutMs: 300 };
  const asking = account("shared phone", {
    timeoutMs: 300,
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
  it("and died with before its words were kept goes again, where words are kept before each call", async () => {
    const own = await shop();
    const [old, young, worded] = await queue(own, await members(own, 3));
    const { claimed } = await claim(own.workspace, "sms", 3, { worker: "dead", provider: "asked" });
    expect(claimed).toHaveLength(3);
    const wordless: MessageId[] = [];
    await engine(async (tx) => {
      await tx.run(
        sql`UPDATE message SET claimed_at = claimed_at - interval '11 seconds' WHERE id = ANY(${[old, worded]}::uuid[])`,
      );
      await tx.run(sql`UPDATE message SET rendered = '{"text":"Hello"}' WHERE id = ${worded}`);
    });
    await run(own, [
      account("asked", {
        find: async () => ({ is: "unknown" }),
        send: async ({ key }) => {
          wordless.push(key as MessageId);
          return { is: "accepted", ref: "again" };
        },
      }),
    ]);
    expect(wordless).toEqual([old]);
    expect(await row(young as MessageId)).toMatchObject({ state: "claimed" });
    expect(await row(worded as MessageId)).toMatchObject({ state: "claimed" });
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

it("holds a provider to its rate over all who call", async () => {
  const taken = async () =>
    (await Promise.all(Array.from({ length: 10 }, () => takeCalls("slow", 50, 64)))).reduce((a, b) => a + b, 0);
  const began = performance.now();
  let all = 0;
  while (performance.now() - began < 1000) all += await taken();
  const seconds = (performance.now() - began) / 1000;
  // A full bucket at first, then fifty a second.
  expect(all).toBeGreaterThanOrEqual(50);
  expect(all).toBeLessThanOrEqual(Math.ceil(50 + 50 * seconds) + 1);
});

it("spends a provider's rate on calls, not on looks that find no message", async () => {
  // The first call makes the bucket.
  await takeCalls("single", 50, 1);
  let used = 0;
  const began = performance.now();
  for (let i = 0; i < 30; i++) {
    const allowed = await takeCalls("single", 50, 64);
    used += Math.min(1, allowed);
    await returnCalls("single", 50, allowed - 1);
  }
  // Taken five at a time and not put back, the second's fifty were gone after ten of them.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(used).toBe(30);
});

describe("a provider's reports", () => {
  const sent = async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    const [id] = await queue(own, [member]);
    if (!id) throw new Error("no message");
    const report = (
      is: "sent" | "delivered" | "failed" | "complained",
      more: { suppress?: boolean; reason?: string } = {},
    ) =>
      receiveReports(
        own.workspace,
        "twilio",
        [{ about: "message", key: id, ref: "SM1", is, suppress: false, ...more }],
        new Date(),
      );
    return { own, member, id, report };
  };
  const claimed = (id: MessageId) =>
    engine((tx) =>
      tx.run(
        sql`UPDATE message SET state = 'claimed', claimed_at = now(), claimed_by = 'w/1', address = '+8613800000001' WHERE id = ${id}`,
      ),
    );

  it("end the doubt when they come before our own outcome, and the outcome changes nothing after them", async () => {
    const { own, id, report } = await sent();
    let reported: Promise<void> | undefined;
    await run(own, [
      account("early", {
        send: async () => {
          reported = report("delivered");
          await reported;
          return { is: "accepted", ref: "later" };
        },
      }),
    ]);
    expect(await row(id)).toMatchObject({ state: "delivered", ref: "SM1" });
  });
  it("move a state only forward, doubled and out of order", async () => {
    const { id, report } = await sent();
    await claimed(id);
    await report("delivered");
    const first = (await row(id))?.delivered;
    for (const is of ["sent", "failed", "delivered"] as const) await report(is);
    expect(await row(id)).toMatchObject({ state: "delivered", reason: null, delivered: first });
  });
  it("keep a message from going again that we took for not arrived", async () => {
    const { own, id, report } = await sent();
    await report("sent");
    let calls = 0;
    await run(own, [account("again", { send: async () => ({ is: "accepted", ref: `R${++calls}` }) })]);
    expect(calls).toBe(0);
    expect(await row(id)).toMatchObject({ state: "accepted", ref: "SM1" });
  });
  it("bar the address on a hard bounce, and on a complaint withdraw the consent too", async () => {
    const { own, member, id, report } = await sent();
    await claimed(id);
    await report("failed", { suppress: true, reason: "undelivered 30005" });
    await report("complained");
    expect(await peek(sql`SELECT address, reason FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([
      { address: "+8613800000001", reason: "undelivered 30005" },
    ]);
    expect(
      await peek(
        sql`SELECT is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} AND member_id = ${member} AND channel = 'sms'`,
      ),
    ).toEqual([{ granted: false }]);
  });
  it("take a doubled reply once, and obey STOP", async () => {
    const { own, member } = await sent();
    await engine((tx) => tx.run(sql`UPDATE member SET phone = '+8613800138111' WHERE id = ${member}`));
    const reply = { about: "reply", ref: "SM9", from: "+8613800138111", to: "+1", text: "退订", wish: "stop" } as const;
    await receiveReports(own.workspace, "twilio", [reply], new Date());
    const once = await peek(sql`SELECT at FROM consent WHERE workspace_id = ${own.workspace} AND channel = 'sms'`);
    await receiveReports(own.workspace, "twilio", [reply], new Date(Date.now() + 1000));
    expect(await peek(sql`SELECT at FROM consent WHERE workspace_id = ${own.workspace} AND channel = 'sms'`)).toEqual(
      once,
    );
    expect(await peek(sql`SELECT reason FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([
      { reason: "stop_reply" },
    ]);
  });
});

describe("tracked links", () => {
  let own: Shop;
  let id: MessageId;
  beforeAll(async () => {
    own = await shop();
    const people = await members(own, 1);
    await sandbox.order("sms", "none");
    const [sent] = await queue(own, people, "See https://shop.example/a?b=1&c=2. Or https://shop.example/b去看看！");
    if (!sent) throw new Error("no message");
    id = sent;
    await run(own, [account("links", { find: async () => ({ is: "unknown" }) })]);
  });
  const shown = async () =>
    (await sandbox.inbox({ channel: "sms" })).find(({ text }) => text?.includes("See "))?.text ?? "";
  const row = async () =>
    (
      await peek<{ clicked: Date | null; opened: Date | null; links: number }>(
        sql`SELECT clicked_at AS clicked, opened_at AS opened, clicked_links AS links FROM message WHERE id = ${id}`,
      )
    )[0];

  it("are short in a text, lead where it said, and count each link's first click", async () => {
    const tokens = [...(await shown()).matchAll(/\/l\/([\w-]+)/g)].map(([, token = ""]) => token);
    expect(tokens).toHaveLength(2);
    const [a = "", b = ""] = tokens;
    expect(a).toHaveLength(39);
    expect(await follow(a, undefined, new Date(), false)).toBe("https://shop.example/a?b=1&c=2");
    expect((await row())?.clicked).toBeNull();
    const at = new Date("2026-11-28T12:00:00Z");
    expect(await follow(a, undefined, at, true)).toBe("https://shop.example/a?b=1&c=2");
    expect(await follow(a, undefined, new Date(), true)).toBe("https://shop.example/a?b=1&c=2");
    expect(await follow(b, undefined, new Date(), true)).toBe("https://shop.example/b");
    expect(await row()).toMatchObject({ clicked: at, opened: at, links: 3 });
  });
  it("lead nowhere that we did not sign", async () => {
    const place = { workspace: own.workspace, message: id };
    const signed = signPlace(place, 0, "https://good.example/");
    expect(await follow(signed, "https://good.example/", new Date(), true)).toBe("https://good.example/");
    expect(await follow(signed, "https://evil.example/", new Date(), true)).toBeNull();
    expect(await follow(signPlace(place, 0), "https://evil.example/", new Date(), true)).toBeNull();
    expect(await follow(`A${signed.slice(1)}`, "https://good.example/", new Date(), true)).toBeNull();
    expect(await follow("x", undefined, new Date(), true)).toBeNull();
    // Signed, and its message gone: it leads on all the same.
    const gone = signPlace({ workspace: own.workspace, message: newId<MessageId>() }, 0, "https://good.example/");
    expect(await follow(gone, "https://good.example/", new Date(), true)).toBe("https://good.example/");
  });
  it("tell an opening by its own token alone, once", async () => {
    await engine((tx) => tx.run(sql`UPDATE message SET opened_at = NULL WHERE id = ${id}`));
    const place = { workspace: own.workspace, message: id };
    await opened(signPlace(place, 0), new Date());
    expect((await row())?.opened).toBeNull();
    const at = new Date("2026-11-28T12:30:00Z");
    await opened(signPlace(place, OPENING), at);
    await opened(signPlace(place, OPENING), new Date());
    expect((await row())?.opened).toEqual(at);
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
