import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { journeyConductor } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { startSandbox } from "@/sandbox/start";
import { call } from "@/services/access/use-case";
import { putJourney } from "@/services/journeys/drafting/put";
import { ring } from "@/services/rings/ring";
import { database } from "@/tests/harness/database";
import { accept, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { testSecrets } from "@/tests/harness/secrets";
import { shop } from "@/tests/harness/shop";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { startWorker } from "@/worker/start-worker";

const sandbox = await startSandbox({
  folder: mkdtempSync(join(tmpdir(), "regulars-sandbox-")),
  httpPort: 0,
  smtpPort: 0,
  authToken: testSecrets().sandbox,
});
// Before anything reads the settings.
process.env.SANDBOX_HTTP_PORT = String(sandbox.httpPort);
process.env.SANDBOX_SMTP_PORT = String(sandbox.smtpPort);

await database({ max: 20 });
const server = await temporal();
const worker = await startWorker(
  server.native,
  { codePath: server.bundle },
  { conduct: `conduct-${server.suffix}`, send: `send-${server.suffix}` },
);
afterAll(async () => {
  await worker.stop();
  await sandbox.close();
});

const both = (offer: string) => ({
  name: "大单有礼 Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    { id: "give", kind: "reward", config: { grants: [{ is: "coupon", offer }] } },
    {
      id: "sms",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: { sms: { "zh-CN": { text: "【青禾】{{ member.name }} {{ coupon.code }} 退订回T" } } },
      },
    },
    {
      id: "mail",
      kind: "send",
      config: {
        channel: "email",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: {
          email: {
            "zh-CN": {
              subject: "您的券 {{ coupon.code }}",
              blocks: [{ kind: "text", text: "{{ member.name }}，感谢您" }],
            },
          },
        },
      },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: "PT2S",
      },
    },
  ],
  edges: [
    { from: "paid", port: "next", to: "give" },
    { from: "give", port: "granted", to: "sms" },
    { from: "sms", port: "next", to: "mail" },
    { from: "mail", port: "next", to: "wait" },
  ],
  settings: {},
});

it("carries an accepted event to the phone and the mailbox, and moves on when the time is up, beside the journey's workflow", async () => {
  const own = await shop();
  const journey = await liveJourney(own, both(own.offer));
  // As publishing does.
  await engine((tx) => ring(tx, own.workspace, [journeyConductor(journey.id, 0)]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 12_000 }) }]);
  const [coupon] = await until(async () => {
    const rows = await peek<{ code: string }>(sql`SELECT code FROM coupon WHERE workspace_id = ${own.workspace}`);
    return rows.length > 0 && rows;
  });
  const messages = await until(async () => {
    const rows = await peek<{ channel: string; state: string; reason: string | null }>(
      sql`SELECT channel, state, reason FROM message WHERE workspace_id = ${own.workspace} ORDER BY channel`,
    );
    return rows.length === 2 && rows.every((row) => row.state !== "queued" && row.state !== "claimed") && rows;
  });
  expect(messages).toEqual([
    { channel: "email", state: "accepted", reason: null },
    { channel: "sms", state: "accepted", reason: null },
  ]);
  const inbox: { messages: { channel: string; text?: string; subject?: string }[] } = (await (
    await fetch(`${sandbox.url}/sandbox/messages`)
  ).json()) as never;
  expect(inbox.messages.find((m) => m.channel === "sms")?.text).toContain(coupon?.code);
  expect(inbox.messages.find((m) => m.channel === "email")?.subject).toContain(coupon?.code);
  await until(async () => (await runsOf(journey.id))[0]?.state === "done");
  const described = await server.client.workflow.getHandle(journeyConductor(journey.id, 0)).describe();
  expect(described.status.name).toBe("RUNNING");
  expect(described.type).toBe(`journey: ${both(own.offer).name}`);
  const renamed = { ...both(own.offer), name: "换了名字 Renamed" };
  expect((await call(putJourney, own.actor(), { journey: journey.id, document: renamed, revision: 1 })).ok).toBe(true);
  const called = async () => (await server.client.workflow.getHandle(journeyConductor(journey.id, 0)).describe()).type;
  await until(async () => (await called()) === "journey: 换了名字 Renamed");
});

it("moves a burst of members, each once and within the stock", async () => {
  const own = await shop({ stock: 150 });
  const journey = await liveJourney(own, both(own.offer));
  const all = await members(own, 200);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 12_000 }) })),
  );
  await until(
    async () => {
      const runs = await runsOf(journey.id);
      return runs.length === 200 && runs.every((run) => run.state === "done");
    },
    { deadline: 30_000 },
  );
  expect(
    await peek(
      sql`SELECT count(*)::int AS n, count(DISTINCT member_id)::int AS members FROM coupon WHERE workspace_id = ${own.workspace}`,
    ),
  ).toEqual([{ n: 150, members: 150 }]);
  expect(await peek(sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace}`)).toEqual([
    { n: 300 },
  ]);
});
