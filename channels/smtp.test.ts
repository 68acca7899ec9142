import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "@/tests/harness/until";
import type { Outgoing } from "./provider";
import { sandboxForTests } from "./sandbox-harness";
import { type SmtpSettings, smtp } from "./smtp";

let sandbox: Awaited<ReturnType<typeof sandboxForTests>>;
let settings: SmtpSettings;
const never = new AbortController().signal;

let last = 0;
const message = (over: Partial<Outgoing<"email">> = {}): Outgoing<"email"> => {
  last += 1;
  const key = `mail-${last}`;
  return {
    key,
    to: `reader${last}@example.com`,
    callbackUrl: `http://127.0.0.1/callbacks?key=${key}`,
    expiresAt: new Date(Date.now() + 60_000),
    content: { subject: "【广告】一张券 for you", html: "<p>您好，<b>Coupon</b></p>", text: "您好，Coupon" },
    unsubscribe: { page: "https://x.example/u/1", oneClick: "https://x.example/one-click/1" },
    ...over,
  };
};

beforeAll(async () => {
  sandbox = await sandboxForTests();
  settings = { ...smtp.sandbox, port: sandbox.sandbox.smtpPort, timeoutMs: 5000 };
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.order("email", "none"));

describe("a mail over SMTP", () => {
  it("arrives with both parts, our own Message-ID, and the one-click way out", async () => {
    const mine = message();
    expect(await smtp.send(settings, mine, never)).toEqual({ is: "accepted", ref: `<${mine.key}@greenleaf.example>` });
    const [got] = await sandbox.inbox({ to: mine.to });
    expect(got).toMatchObject({
      channel: "email",
      to: mine.to,
      from: "hello@greenleaf.example",
      key: mine.key,
      subject: mine.content.subject,
    });
    expect(got?.html?.trim()).toBe(mine.content.html);
    expect(got?.text?.trim()).toBe(mine.content.text);
    expect(got?.headers).toMatchObject({
      "message-id": `<${mine.key}@greenleaf.example>`,
      "list-unsubscribe": "<https://x.example/one-click/1>",
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      from: "Greenleaf <hello@greenleaf.example>",
    });
  });

  it("of a service carries no way out", async () => {
    const mine = message({ unsubscribe: undefined });
    await smtp.send(settings, mine, never);
    expect(Object.keys((await sandbox.inbox({ to: mine.to }))[0]?.headers ?? {})).not.toContain("list-unsubscribe");
  });

  it.each(["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "nobody", "<a@b.example>"])(
    "to %j is refused for good",
    async (to) => {
      expect(await smtp.send(settings, message({ to }), never)).toEqual({
        is: "refused",
        lasting: true,
        suppress: true,
        reason: "invalid_address",
      });
    },
  );

  it.each(["one\n.\ntwo", ".hidden\n..\n.", "Sehr geehrte\r\n.\r\nQUIT"])("arrives with its dots: %j", async (text) => {
    const mine = message({ content: { subject: "x", html: text, text } });
    expect(await smtp.send(settings, mine, never)).toMatchObject({ is: "accepted" });
    const [got] = await sandbox.inbox({ to: mine.to });
    expect(got?.text?.trim().replaceAll("\r\n", "\n")).toBe(text.replaceAll("\r\n", "\n"));
  });

  it("keeps a line break in the subject from becoming a header", async () => {
    const mine = message({ content: { subject: "Hi\r\nBcc: victim@example.com", html: "x", text: "x" } });
    await smtp.send(settings, mine, never);
    const [got] = await sandbox.inbox({ to: mine.to });
    expect(Object.keys(got?.headers ?? {})).not.toContain("bcc");
    expect(await sandbox.inbox({ to: "victim@example.com" })).toEqual([]);
  });

  it.each([
    ["451", { lasting: false, suppress: false }],
    ["421", { lasting: false, suppress: false }],
    ["550", { lasting: true, suppress: true }],
    ["554", { lasting: true, suppress: false }],
  ])("answered %s is refused as %j, and the next one goes through", async (mode, verdict) => {
    const mine = message();
    await sandbox.order("email", mode);
    expect(await smtp.send(settings, mine, never)).toEqual({
      is: "refused",
      reason: expect.stringContaining(mode),
      ...verdict,
    });
    expect(await sandbox.inbox({ to: mine.to })).toEqual([]);
    expect(await smtp.send(settings, mine, never)).toMatchObject({ is: "accepted" });
  });

  it.each(["hang-in-data", "accept-then-drop"])(
    "met by %s after its last byte is unknown, and is not sent twice",
    async (mode) => {
      const mine = message();
      await sandbox.order("email", mode);
      expect(await smtp.send({ ...settings, timeoutMs: 1000 }, mine, never)).toEqual({ is: "unknown" });
      // A mail that follows on the same pool would bring a repeated one with it.
      await smtp.send({ ...settings, timeoutMs: 1000 }, message(), never);
      expect(await sandbox.inbox({ to: mine.to })).toHaveLength(1);
    },
  );

  it("met by silence before its data is refused for now: nothing had left", async () => {
    const mine = message();
    await sandbox.order("email", "hang");
    expect(await smtp.send({ ...settings, timeoutMs: 300 }, mine, never)).toMatchObject({
      is: "refused",
      lasting: false,
      suppress: false,
    });
    expect(await sandbox.inbox({ to: mine.to })).toEqual([]);
  });

  it("that nobody listens to, or whose server says nothing or no, waits", async () => {
    const silent = createServer(() => {});
    const unwilling = createServer((socket) => socket.end("554 5.7.1 go away\r\n"));
    const port = (server: typeof silent) =>
      new Promise<number>((done) =>
        server.listen(0, "127.0.0.1", () => {
          const at = server.address();
          done(typeof at === "object" && at ? at.port : 0);
        }),
      );
    const [silentPort, unwillingPort] = await Promise.all([port(silent), port(unwilling)]);
    const closed = createServer();
    const closedPort = await port(closed);
    closed.close();
    for (const at of [silentPort, unwillingPort, closedPort])
      expect(await smtp.send({ ...settings, port: at, timeoutMs: 300 }, message(), never)).toMatchObject({
        is: "refused",
        lasting: false,
        suppress: false,
      });
    silent.close();
    unwilling.close();
  });

  it("stopped before its data is refused, stopped after it is unknown", async () => {
    expect(await smtp.send(settings, message(), AbortSignal.abort())).toMatchObject({
      is: "refused",
      lasting: false,
      reason: "stopped",
    });
    const mine = message();
    await sandbox.order("email", "hang-in-data");
    const stop = new AbortController();
    const sending = smtp.send(settings, mine, stop.signal);
    await until(async () => (await sandbox.inbox({ to: mine.to })).length > 0, { every: 5 });
    stop.abort();
    expect(await sending).toEqual({ is: "unknown" });
  });

  it("goes out on a fresh connection when the kept one was closed under it", async () => {
    const mine = message();
    await smtp.send(settings, message(), never);
    const port = sandbox.sandbox.smtpPort;
    await sandbox.restart();
    // The server is back on another port, so the kept connection is dead and the old port refuses.
    expect(await smtp.send(settings, mine, never)).toMatchObject({ is: "refused", lasting: false });
    settings = { ...settings, port: sandbox.sandbox.smtpPort };
    expect(port).not.toBe(settings.port);
    expect(await smtp.send(settings, mine, never)).toMatchObject({ is: "accepted" });
  });

  it("that waited too long for a free connection is not begun, though the server is back", async () => {
    const one = { ...settings, connections: 1, timeoutMs: 1500 };
    await sandbox.order("email", "hang-in-data");
    const blocking = smtp.send(one, message(), never);
    const mine = message({ beginBy: new Date(Date.now() + 300) });
    expect(await smtp.send(one, mine, never)).toMatchObject({ is: "refused", lasting: false, reason: "not_begun" });
    expect(await blocking).toEqual({ is: "unknown" });
    expect(await smtp.send(one, message(), never)).toMatchObject({ is: "accepted" });
    expect(await sandbox.inbox({ to: mine.to })).toEqual([]);
  });

  it("whose server asks for the data too late is not begun", async () => {
    // A server as slow as its greeting: 300 ms before it answers DATA.
    const taken: string[] = [];
    const slow = createServer((socket) => {
      socket.write("220 slow\r\n");
      socket.on("data", (data) => {
        const line = String(data);
        if (/^DATA/.test(line)) setTimeout(() => socket.write("354 go\r\n"), 300);
        else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write("250 ok\r\n");
        else taken.push(line);
      });
      socket.on("error", () => {});
    });
    await new Promise<void>((done) => slow.listen(0, "127.0.0.1", done));
    const address = slow.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const mine = message({ beginBy: new Date(Date.now() + 200) });
    expect(await smtp.send({ ...settings, port }, mine, never)).toMatchObject({
      is: "refused",
      lasting: false,
      reason: "asked for the data too late",
    });
    expect(taken).toEqual([]);
    slow.close();
  });

  it("that its server's greeting came too late for is not begun, and the next one finds the connection ready", async () => {
    let connections = 0;
    const taken: string[] = [];
    const shy = createServer((socket) => {
      connections += 1;
      setTimeout(() => socket.write("220 at last\r\n"), 400);
      let isData = false;
      socket.on("data", (data) => {
        const line = String(data);
        if (/^DATA/.test(line)) socket.write("354 go\r\n");
        else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write("250 ok\r\n");
        else taken.push(line);
        if (isData && line.endsWith("\r\n.\r\n")) socket.write("250 kept\r\n");
        isData ||= /^DATA/.test(line);
      });
      socket.on("error", () => {});
    });
    await new Promise<void>((done) => shy.listen(0, "127.0.0.1", done));
    const address = shy.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const slow = { ...settings, port, connections: 1 };
    const early = message({ beginBy: new Date(Date.now() + 100) });
    expect(await smtp.send(slow, early, never)).toMatchObject({ is: "refused", reason: "no connection in time" });
    const late = message({ beginBy: new Date(Date.now() + 2000) });
    expect(await smtp.send(slow, late, never)).toMatchObject({ is: "accepted" });
    expect(connections).toBe(1);
    expect(taken.join("")).toContain(late.key);
    expect(taken.join("")).not.toContain(early.key);
    shy.close();
  });

  it("gets its place back when connections fail, so that mail flows once the server is there", async () => {
    const port = sandbox.sandbox.smtpPort;
    const one = { ...settings, port, connections: 1, timeoutMs: 1000 };
    await sandbox.order("email", "421", 3);
    for (let i = 0; i < 3; i++)
      expect(await smtp.send(one, message(), never)).toMatchObject({ is: "refused", lasting: false });
    const nobody = { ...one, port: 9 };
    for (let i = 0; i < 3; i++)
      expect(await smtp.send(nobody, message(), never)).toMatchObject({
        reason: expect.stringContaining("ECONNREFUSED"),
      });
    expect(await smtp.send(one, message(), never)).toMatchObject({ is: "accepted" });
  });

  it("shares a few connections among many mails, and gives each a place in time", async () => {
    const many = Array.from({ length: 200 }, () => message());
    const sent = await Promise.all(
      many.map((one) => smtp.send({ ...settings, connections: 4, timeoutMs: 30_000 }, one, never)),
    );
    expect(sent.every(({ is }) => is === "accepted")).toBe(true);
    const keys = new Set((await sandbox.inbox({ channel: "email", as: "brief", limit: "200" })).map(({ key }) => key));
    expect(keys).toEqual(new Set(many.map(({ key }) => key)));
  });
});
