import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { startSandbox } from "@/sandbox/start";
import { call } from "@/services/access/use-case";
import { removeDemo } from "@/services/demo/remove";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { testSecrets } from "@/tests/harness/secrets";
import { type Shop, shop } from "@/tests/harness/shop";
import { queueMessages } from "../queue";
import { readSending } from "../sending";
import { accountsOf } from "./account";
import { claim } from "./claim";
import { Pump } from "./pump";

const sandbox = await startSandbox({
  folder: mkdtempSync(join(tmpdir(), "regulars-sandbox-")),
  httpPort: 0,
  smtpPort: 0,
  authToken: testSecrets().sandbox,
});
afterAll(() => sandbox.close());
// Accounts of somebody's for all channels, each with a second one, before anything reads the settings. Nothing answers at these addresses.
Object.assign(process.env, {
  SANDBOX_HTTP_PORT: String(sandbox.httpPort),
  SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
  TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "a-real-token",
  TWILIO_FROM: "+15005550006",
  TWILIO_FALLBACK_ACCOUNT_SID: `AC${"2".repeat(32)}`,
  TWILIO_FALLBACK_AUTH_TOKEN: "another-token",
  TWILIO_FALLBACK_FROM: "+15005550006",
  SMTP_URL: "smtp://127.0.0.1:9",
  MAIL_FROM: "hi@shop.example",
  SMTP_FALLBACK_URL: "smtp://127.0.0.1:9",
});
await database();

const CHANNELS = ["sms", "email"] as const;

async function demo(): Promise<Shop> {
  const own = await shop();
  await engine((tx) => tx.run(sql`UPDATE workspace SET is_demo = true WHERE id = ${own.workspace}`));
  return own;
}

async function queued(own: Shop, member: MemberId, channel: (typeof CHANNELS)[number]): Promise<MessageId> {
  const id = newId<MessageId>();
  const words = { sms: { text: "1234" }, email: { subject: "1234", blocks: [{ kind: "text", text: "1234" }] } }[
    channel
  ];
  const content = { in: "row" as const, content: { en: words } };
  const expiresAt = new Date(Date.now() + 3_600_000);
  await engine(async (tx) =>
    queueMessages(
      tx,
      own.workspace,
      [{ id, member, channel, purpose: "service", priority: 0, content, variables: {}, expiresAt }],
      new Date(),
    ),
  );
  return id;
}

const stateOf = async (id: MessageId) =>
  (await peek<{ state: string }>(sql`SELECT state FROM message WHERE id = ${id}`))[0];

it("carries what a demo sends to the sandbox, whatever accounts are configured", async () => {
  const own = await demo();
  const [member = newId<MemberId>()] = await members(own, 1);
  const ids = await Promise.all(CHANNELS.map((channel) => queued(own, member, channel)));
  for (const channel of CHANNELS) {
    const accounts = accountsOf(channel, { isDemo: true });
    expect(accounts).toHaveLength(1);
    const pump = new Pump(own.workspace, channel, "w", accounts);
    while (await pump.turn());
    await pump.drain();
  }
  expect(await Promise.all(ids.map(stateOf))).toEqual([{ state: "accepted" }, { state: "accepted" }]);
  const { messages } = (await (await fetch(`${sandbox.url}/sandbox/messages`)).json()) as {
    messages: { channel: string }[];
  };
  expect(messages.map(({ channel }) => channel).sort()).toEqual(["email", "sms"]);
});

it("hands nothing of a demo to a real account, nor anything to the sandbox once the demo is removed", async () => {
  const own = await demo();
  const [member = newId<MemberId>()] = await members(own, 1);
  const id = await queued(own, member, "sms");
  const real = new Pump(own.workspace, "sms", "w", accountsOf("sms", { isDemo: false }));
  await expect(real.turn()).rejects.toThrow(/is a demo/);
  await real.drain();
  expect(await stateOf(id)).toEqual({ state: "queued" });

  const known = await call(readSending, own.actor(), {});
  expect(known.ok && known.value.providers.map(({ channel, name, isSandbox }) => [channel, name, isSandbox])).toEqual([
    ["sms", "twilio", true],
    ["email", "smtp", true],
    ["push", "web-push", true],
  ]);
  expect((await call(removeDemo, own.actor(), {})).ok).toBe(true);
  const late = { worker: "w", provider: "twilio", isDemo: true };
  await expect(claim(own.workspace, "sms", 10, late)).rejects.toThrow(/is no demo/);
  const then = await call(readSending, own.actor(), {});
  expect(then.ok && then.value.providers.map(({ name, isSandbox }) => [name, isSandbox])).toEqual([
    ["twilio", false],
    ["twilio-fallback", false],
    ["smtp", false],
    ["smtp-fallback", false],
    ["web-push", true],
  ]);
});
