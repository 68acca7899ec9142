import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { config } from "@/platform/config";
import { engine, json, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { addSuppression } from "../../members/suppressions";
import type { Account } from "../pumping/account";
import { carry } from "./carrier";
import { MOST_TESTS } from "./note-test";
import { sendTest } from "./send-test";

// A mail server of this file's own: the default port may be another's.
vi.hoisted(() => {
  process.env.SANDBOX_SMTP_PORT = String(30_000 + (process.pid % 20_000));
});
await database();

const heard: string[] = [];
const how = { refuses: false };
const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onMailFrom: (_address, _session, done) =>
    done(how.refuses ? Object.assign(new Error("not now"), { responseCode: 451 }) : null),
  onData(stream, _session, done) {
    let mail = "";
    stream.on("data", (chunk) => (mail += chunk));
    stream.on("end", () => {
      heard.push(mail);
      done();
    });
  },
});
beforeAll(() => new Promise<void>((listening) => server.listen(config().SANDBOX_SMTP_PORT, "127.0.0.1", listening)));
afterAll(() => new Promise<void>((closed) => server.close(closed)));
beforeEach(async () => {
  heard.length = 0;
  how.refuses = false;
  await engine((tx) => tx.run(sql`DELETE FROM provider_circuit`));
});

const MAIL = { channel: "email", locale: "en", content: { subject: "Hi", blocks: [] }, to: "me@example.com" };
const settings = (own: Shop, messaging: object) =>
  engine((tx) =>
    tx.run(sql`UPDATE workspace SET settings = ${json({ messaging })}::jsonb WHERE id = ${own.workspace}`),
  );
const noted = async (own: Shop): Promise<number> => {
  const [row] = await peek<{ n: number }>(
    sql`SELECT coalesce(sum(cardinality(sent)), 0)::int AS n FROM test_send WHERE workspace_id = ${own.workspace}`,
  );
  return row?.n ?? -1;
};
const spent = async (own: Shop): Promise<number> => {
  const [row] = await peek<{ n: number }>(
    sql`SELECT coalesce(sum(spent), 0)::int AS n FROM spending WHERE workspace_id = ${own.workspace}`,
  );
  return row?.n ?? -1;
};

it("sends a test nowhere that asked to be left alone, and to no address that is none", async () => {
  const own = await shop();
  const asked = { channel: "sms", locale: "en", content: { text: "Hi" } };
  expect(await call(sendTest, own.actor(), { ...asked, to: "nonsense" })).toMatchObject({ ok: false, path: ["to"] });
  const phone = "+8613800138001";
  await call(addSuppression, own.actor(), { channel: "sms", address: phone });
  expect(await call(sendTest, own.actor(), { ...asked, to: phone })).toMatchObject({ reason: "suppressed" });
  const push = { channel: "push", locale: "en", content: { title: "Hi", body: "there" } };
  expect(await call(sendTest, own.actor(), push)).toMatchObject({ reason: "no_address" });
});

it("sends a test with its mark, and issues nothing", async () => {
  const own = await shop();
  const content = { subject: "For {{ member.name }}", blocks: [{ kind: "coupon" }] };
  const sent = await call(sendTest, own.actor(), { channel: "email", locale: "en", content, to: "Me@Example.com" });
  expect(sent).toMatchObject({ ok: true, value: { to: "me@example.com" } });
  expect(heard.join()).toMatch(/Subject: \[Test\] For Lin Xia/);
  const [{ n } = { n: -1 }] = await peek<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM coupon WHERE workspace_id = ${own.workspace}`,
  );
  expect(n).toBe(0);
});

it("lets one tester send so many a day, however many at once, and says when the next may go", async () => {
  const own = await shop();
  const tester = own.actor();
  const now = new Date("2031-03-02T04:00:00Z");
  const had = Array.from({ length: MOST_TESTS - 3 }, (_, i) => new Date(now.getTime() - 3_600_000 + i * 1000));
  // One of the day before counts no more.
  const before = new Date(now.getTime() - 24 * 3_600_000);
  await call(sendTest, tester, MAIL, { now: before });
  await engine((tx) =>
    tx.run(sql`UPDATE test_send SET sent = sent || ${had}::timestamptz[] WHERE workspace_id = ${own.workspace}`),
  );
  heard.length = 0;
  const all = await Promise.all(Array.from({ length: 8 }, () => call(sendTest, tester, MAIL, { now })));
  expect(all.filter(({ ok }) => ok)).toHaveLength(3);
  expect(heard).toHaveLength(3);
  expect(all.find(({ ok }) => !ok)).toMatchObject({
    reason: "too_many_requests",
    detail: expect.stringContaining("Mar 3, 2031, 11:00 (Asia/Shanghai)"),
    chinese: expect.stringContaining("2031年3月3日 11:00（Asia/Shanghai）起"),
    afterSeconds: 23 * 3600,
  });
  expect(await noted(own)).toBe(MOST_TESTS);
  // A colleague has a day's tests of their own, and so has this one when the first's day is over.
  expect(await call(sendTest, own.actor(), MAIL, { now })).toMatchObject({ ok: true });
  const free = new Date(now.getTime() + 23 * 3_600_000);
  expect(await call(sendTest, tester, MAIL, { now: free })).toMatchObject({ ok: true });
  expect(await call(sendTest, tester, MAIL, { now: free })).toMatchObject({ reason: "too_many_requests" });
});

it("leaves a provider alone whose circuit is open, and tells the circuit how tests went", async () => {
  const own = await shop();
  how.refuses = true;
  for (let i = 0; i < 5; i++)
    expect(await call(sendTest, own.actor(), MAIL)).toMatchObject({ ok: false, reason: "refused" });
  how.refuses = false;
  expect(await call(sendTest, own.actor(), MAIL)).toMatchObject({
    reason: "busy",
    detail: expect.stringMatching(/a test may go in [1-5] s$/),
    chinese: expect.stringContaining("秒后可以再测试"),
    afterSeconds: expect.any(Number),
  });
  expect(heard).toHaveLength(0);
  await engine((tx) => tx.run(sql`UPDATE provider_circuit SET open_until = clock_timestamp() - interval '1 second'`));
  expect(await call(sendTest, own.actor(), MAIL)).toMatchObject({ ok: true });
  expect(await peek(sql`SELECT trips FROM provider_circuit`)).toEqual([{ trips: 0 }]);
  // Those that the provider was asked to carry count; the one that was not let through does not.
  expect(await noted(own)).toBe(6);
});

it("calls nobody where the provider's rate has no room", async () => {
  let calls = 0;
  const account: Account = {
    name: "full",
    channel: "sms",
    timeoutMs: 1000,
    atOnce: 1,
    // A burst is what a second carries: not one.
    perSecond: 0.1,
    async send() {
      calls++;
      return { is: "accepted", ref: "1" };
    },
  };
  const message = { key: "k", to: "+8613800138001", content: { text: "Hi" }, callbackUrl: "", expiresAt: new Date() };
  const circuit = { failures: 0, trips: 0, openUntil: null };
  expect(await carry({ account, circuit }, message)).toMatchObject({ ok: false, reason: "busy", afterSeconds: 10 });
  expect(calls).toBe(0);
  expect(await carry({ account: { ...account, perSecond: 50 }, circuit }, message)).toMatchObject({ is: "accepted" });
});

it("spends what a message costs: a promotion's within the month's budget, and what did not leave costs nothing", async () => {
  const own = await shop();
  await settings(own, { prices: { email: 10 }, monthlyBudget: 25 });
  how.refuses = true;
  expect(await call(sendTest, own.actor(), MAIL)).toMatchObject({ ok: false, reason: "refused" });
  expect(await spent(own)).toBe(0);
  how.refuses = false;
  const all = [];
  for (let i = 0; i < 3; i++) all.push(await call(sendTest, own.actor(), MAIL));
  expect(all.map((one) => one.ok || one.reason)).toEqual([true, true, "over_budget"]);
  expect(await call(sendTest, own.actor(), { ...MAIL, purpose: "service" })).toMatchObject({ ok: true });
  expect(await spent(own)).toBe(30);
});
