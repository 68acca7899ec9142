import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import webpush from "web-push";
import type { Outgoing } from "./provider";
import { sandboxForTests } from "./sandbox-harness";
import { type WebPushSettings, webPush } from "./web-push";

let sandbox: Awaited<ReturnType<typeof sandboxForTests>>;
let settings: WebPushSettings;
const never = new AbortController().signal;

const subscribe = async () => {
  const { body } = await sandbox.call("/sandbox/subscriptions", { json: {} });
  return body as { id: string; endpoint: string; keys: { p256dh: string; auth: string } };
};
const message = async (
  over: Partial<Outgoing<"push">> = {},
): Promise<Outgoing<"push"> & { endpoint: string; id: string }> => {
  const { id, endpoint, keys } = await subscribe();
  return {
    id,
    endpoint,
    key: crypto.randomUUID(),
    to: JSON.stringify({ endpoint, keys }),
    callbackUrl: "http://127.0.0.1/callbacks",
    expiresAt: new Date(Date.now() + 60_000),
    content: { title: "您的券还在等您", body: "3 days left", url: "https://x.example/w" },
    ...over,
  };
};

beforeAll(async () => {
  sandbox = await sandboxForTests();
  settings = { ...webPush.sandbox, hosts: [new URL(sandbox.sandbox.url).host], timeoutMs: 5000 };
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.order("push", "none"));

describe("a web push", () => {
  it("is opened by the browser it was encrypted for, with its time to live and its topic", async () => {
    const mine = await message();
    expect(await webPush.send(settings, mine, never)).toEqual({
      is: "accepted",
      ref: expect.stringContaining("/push/messages/"),
    });
    const [got] = await sandbox.inbox({ channel: "push", to: mine.endpoint });
    expect(got).toMatchObject({ key: mine.key, ...mine.content });
    expect(got?.headers).toMatchObject({ "content-encoding": "aes128gcm", topic: mine.key.replaceAll("-", "") });
    expect(Number(got?.headers.ttl)).toBeGreaterThan(50);
    expect(got?.headers.authorization).toBeUndefined();
  });

  it.each([
    ["404", { is: "refused", lasting: true, suppress: true }],
    ["410", { is: "refused", lasting: true, suppress: true }],
    ["429", { is: "refused", lasting: false, suppress: false, after: 1000 }],
    ["503", { is: "refused", lasting: false, suppress: false }],
    ["500", { is: "unknown" }],
    ["hang", { is: "unknown" }],
    ["accept-then-cut", { is: "unknown" }],
  ])("met by %s is %j", async (mode, verdict) => {
    const mine = await message();
    await sandbox.order("push", mode);
    expect(await webPush.send({ ...settings, timeoutMs: 800 }, mine, never)).toMatchObject(verdict);
    expect(await sandbox.inbox({ to: mine.endpoint })).toHaveLength(mode === "accept-then-cut" ? 1 : 0);
  });

  it("to a browser that took its permission back is refused for good", async () => {
    const mine = await message();
    await sandbox.call(`/sandbox/subscriptions/${mine.id}`, { method: "DELETE" });
    expect(await webPush.send(settings, mine, never)).toMatchObject({
      is: "refused",
      lasting: true,
      suppress: true,
      reason: expect.stringContaining("410"),
    });
  });

  it("signed with keys that do not belong together is turned away, without suppressing the member", async () => {
    const mine = await message();
    const { privateKey } = webpush.generateVAPIDKeys();
    expect(await webPush.send({ ...settings, privateKey }, mine, never)).toMatchObject({
      is: "refused",
      lasting: true,
      suppress: false,
      reason: expect.stringContaining("403"),
    });
  });

  it.each([
    "http://169.254.169.254/latest",
    "https://evil.example/push",
    "https://push.apple.com.evil.example/x",
    "http://web.push.apple.com/x",
    "https://a:b@web.push.apple.com/x",
  ])("never calls %s, which no push service owns", async (endpoint) => {
    const mine = await message();
    const to = JSON.stringify({ ...JSON.parse(mine.to), endpoint });
    expect(await webPush.send({ ...settings, hosts: ["*.push.apple.com"] }, { ...mine, to }, never)).toEqual({
      is: "refused",
      lasting: true,
      suppress: false,
      reason: "endpoint_not_allowed",
    });
  });

  it.each(["", "{}", "not json", JSON.stringify({ endpoint: "javascript:x", keys: {} })])(
    "to %j is refused for good",
    async (to) => {
      expect(await webPush.send(settings, await message({ to }), never)).toEqual({
        is: "refused",
        lasting: true,
        suppress: true,
        reason: "invalid_address",
      });
    },
  );

  it("to keys that lie on no curve is refused for good", async () => {
    const mine = await message();
    const to = JSON.stringify({
      endpoint: mine.endpoint,
      keys: { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) },
    });
    expect(await webPush.send(settings, { ...mine, to }, never)).toMatchObject({
      is: "refused",
      lasting: true,
      suppress: true,
    });
  });

  it("longer than a push may be is refused before it is sent", async () => {
    const mine = await message({ content: { title: "t", body: "好".repeat(1400) } });
    expect(await webPush.send(settings, mine, never)).toMatchObject({
      is: "refused",
      lasting: true,
      suppress: false,
      reason: "too_large",
    });
  });

  it("of the longest allowed length arrives whole", async () => {
    const mine = await message();
    const room = 3993 - Buffer.byteLength(JSON.stringify({ key: mine.key, title: "t", body: "" }));
    const sent = await webPush.send(settings, { ...mine, content: { title: "t", body: "b".repeat(room) } }, never);
    expect(sent).toMatchObject({ is: "accepted" });
    expect((await sandbox.inbox({ to: mine.endpoint }))[0]?.body).toHaveLength(room);
  });

  it("that never left is refused for now", async () => {
    const mine = await message();
    const closed = "http://127.0.0.1:9/push/x";
    const to = JSON.stringify({ ...JSON.parse(mine.to), endpoint: closed });
    expect(await webPush.send({ ...settings, hosts: ["127.0.0.1:9"] }, { ...mine, to }, never)).toMatchObject({
      is: "refused",
      lasting: false,
    });
    expect(await webPush.send(settings, mine, AbortSignal.abort())).toMatchObject({
      is: "refused",
      lasting: false,
      reason: "stopped",
    });
  });
});
