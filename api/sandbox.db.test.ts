import { afterAll, expect, it } from "vitest";
import { sandboxForTests } from "@/channels/sandbox-harness";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { accountsOf } from "@/services/messages/pumping/account";
import { database } from "@/tests/harness/database";
import { testSecrets } from "@/tests/harness/secrets";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "./server";

const mailbox = await sandboxForTests({ authToken: testSecrets().sandbox });
// Before anything reads the settings: this process sends to, and shows, a sandbox of its own.
process.env.SANDBOX_HTTP_PORT = String(mailbox.sandbox.httpPort);
process.env.SANDBOX_SMTP_PORT = String(mailbox.sandbox.smtpPort);
await database();
const app = await buildServer();
afterAll(async () => {
  await app.close();
  await mailbox.close();
});

const get = (own: Shop, path: string) =>
  app.inject({ url: `/sandbox${path}`, headers: { authorization: `Bearer ${own.apiKey}` } });

/** An SMS of a workspace, through the real client. */
async function sms({ workspace }: Shop, text: string, name = "Ada"): Promise<string> {
  const [member, id] = [newId(), newId()];
  await engine(async (tx) => {
    await tx.run(
      sql`INSERT INTO member (workspace_id, id, name, email) VALUES (${workspace}, ${member}, ${name}, ${`${name}@example.com`.toLowerCase()})`,
    );
    await tx.run(sql`
      INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, content, queued_at, not_before, expires_at)
      VALUES (${workspace}, ${id}, ${member}, 'sms', 'service', 'claimed', '{}', now(), now(), now())`);
  });
  const sent = await accountsOf("sms", { isDemo: false })[0].send(
    {
      key: id,
      to: "+8613800138000",
      content: { text },
      callbackUrl: `http://127.0.0.1:9/${workspace}?key=${id}`,
      expiresAt: new Date(Date.now() + 60_000),
    },
    AbortSignal.timeout(10_000),
  );
  expect(sent.is).toBe("accepted");
  return id;
}

it("shows what the sandboxes received of the caller's workspace, and nothing of another's", async () => {
  const [own, other] = [await shop(), await shop()];
  const key = await sms(own, "您的券码 ABCD");
  await sms(other, "not for you");
  const { messages } = (await get(own, "/messages")).json();
  expect(messages).toMatchObject([{ key, channel: "sms", to: "+8613800138000", memberName: "Ada" }]);
  expect((await get(own, `/messages/${messages[0].id}`)).json()).toMatchObject({ key, memberName: "Ada" });
  expect((await get(other, `/messages/${messages[0].id}`)).statusCode).toBe(404);
  expect((await get(own, "/messages?limit=none")).json()).toMatchObject({ status: 400, code: "invalid" });
  expect((await app.inject({ url: "/sandbox/messages" })).statusCode).toBe(401);
});

it("finds the caller's messages behind a busy neighbour's", async () => {
  const [own, other] = [await shop(), await shop()];
  const key = await sms(own, "first");
  for (let i = 0; i < 12; i++) await sms(other, "noise");
  expect((await get(own, "/messages?limit=1")).json().messages).toMatchObject([{ key }]);
  expect((await get(other, "/messages?limit=2")).json().messages).toHaveLength(2);
});

it("finds what reached a member by what they are called, whatever address it went to", async () => {
  const [own, other] = [await shop(), await shop()];
  const key = await sms(own, "for Ada");
  await sms(own, "for Bo", "Bo");
  await sms(other, "another's Ada");
  for (const meant of ["ada@example.com", "Ad"]) {
    const found = (await get(own, `/messages?of=${encodeURIComponent(meant)}`)).json().messages;
    expect(found).toMatchObject([{ key, memberName: "Ada" }]);
  }
  expect((await get(own, "/messages?of=nobody")).json()).toEqual({ messages: [] });
});

it("replies to the caller's own message, and never as another workspace's member", async () => {
  const [own, other, third] = [await shop(), await shop(), await shop()];
  await sms(own, "ours");
  await sms(other, "theirs, later");
  const reply = (shop: Shop) =>
    app.inject({
      method: "POST",
      url: "/sandbox/reply",
      headers: { authorization: `Bearer ${shop.apiKey}` },
      payload: { from: "+8613800138000", body: "STOP" },
    });
  expect((await reply(third)).json()).toMatchObject({ status: 409, code: "conflict", path: "from" });
  // Nothing listens where these messages report to: what counts is whose callback was called.
  expect((await reply(own)).json().detail).toContain(`http://127.0.0.1:9/${own.workspace}`);
});

it("lends browsers to push to, and orders no faults", async () => {
  const own = await shop();
  const headers = { authorization: `Bearer ${own.apiKey}` };
  const browser = (await app.inject({ method: "POST", url: "/sandbox/subscriptions", headers, payload: {} })).json();
  expect(browser).toMatchObject({ endpoint: expect.stringContaining("/push/"), keys: { p256dh: expect.any(String) } });
  const reply = (payload: object, language = "en") =>
    app.inject({
      method: "POST",
      url: "/sandbox/reply",
      headers: { ...headers, "accept-language": language },
      payload,
    });
  expect((await reply({ body: "STOP" })).json()).toMatchObject({
    code: "invalid",
    path: "from",
    detail: "is missing: should be a text",
  });
  expect((await reply({ from: "+8613800138000" }, "zh-CN")).json()).toMatchObject({
    path: "body",
    detail: expect.stringContaining("应为文本"),
  });
  const payload = { channel: "sms", mode: "cut", count: 1 };
  expect((await app.inject({ method: "POST", url: "/sandbox/faults", headers, payload })).statusCode).toBe(404);
});
