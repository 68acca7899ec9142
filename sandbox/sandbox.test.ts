import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Inbox } from "./inbox";
import { type Sandbox, startSandbox } from "./start";

const TOKEN = "a token";
let folder: string;
let sandbox: Sandbox | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-sandbox-"));
});
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
  await rm(folder, { recursive: true });
});

const start = async () => {
  sandbox = await startSandbox({ folder, httpPort: 0, smtpPort: 0, authToken: TOKEN });
  return sandbox;
};
const mail = (port: number, to: string, more: object = {}) =>
  createTransport({ host: "127.0.0.1", port }).sendMail({
    from: "shop@example.com",
    to,
    subject: "您好",
    text: "hello",
    messageId: `<${to}>`,
    ...more,
  });
const json = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
};
const post = (url: string, body: unknown, type = "application/json") =>
  json(url, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const sms = (n: number) => ({
  channel: "sms" as const,
  to: `+86138001${n}`,
  from: "+1",
  text: `t${n}`,
  sid: `SM${n}`,
  status: "queued",
  form: {},
});

describe("the inbox", () => {
  it("keeps the newest in number and in bytes, in the order of arrival", async () => {
    const inbox = await Inbox.open(folder, { messages: 3, bytes: 1_000_000 });
    for (let n = 1; n <= 5; n++) await inbox.add(sms(n), new Date(n * 1000));
    expect(inbox.list({ limit: 10 }).map(({ to }) => to)).toEqual(["+861380015", "+861380014", "+861380013"]);
    expect(inbox.get("1")).toBeUndefined();
    const small = await Inbox.open(join(folder, "small"), { messages: 100, bytes: 2000 });
    for (let n = 1; n <= 20; n++) await small.add(sms(n), new Date(n * 1000));
    expect(small.list({ limit: 100 }).length).toBeLessThan(8);
    await Promise.all([inbox.close(), small.close()]);
  });

  it("keeps its file within bounds, and numbers on after a restart and a line that was cut", async () => {
    const limits = { messages: 10, bytes: 3000 };
    const first = await Inbox.open(folder, limits);
    for (let n = 1; n <= 100; n++) await first.add(sms(n), new Date(n * 1000));
    await first.update("100", "delivered");
    await first.close();
    expect((await readFile(join(folder, "messages.jsonl"))).length).toBeLessThan(3500);
    await appendFile(join(folder, "messages.jsonl"), '{"channel":"sms","id":"1');
    const second = await Inbox.open(folder, limits);
    expect(second.list({ limit: 1 })[0]).toMatchObject({ id: "100", status: "delivered" });
    expect(await second.add(sms(101), new Date())).toMatchObject({ id: "101" });
    await second.close();
    const third = await Inbox.open(folder, limits);
    expect(third.list({ limit: 1 })[0]).toMatchObject({ id: "101" });
    await third.close();
  });

  it("finds by channel, address, key, and what came after", async () => {
    const inbox = await Inbox.open(folder);
    await inbox.add({ ...sms(1), key: "k1" }, new Date("2026-01-01T00:00:00Z"));
    await inbox.add(
      { channel: "email", to: "a@example.com", from: "b@example.com", raw: "" },
      new Date("2026-01-02T00:00:00Z"),
    );
    await inbox.add(sms(1), new Date("2026-01-03T00:00:00Z"));
    const ids = (query: object) => inbox.list({ limit: 10, ...query }).map(({ id }) => id);
    expect(ids({ channel: "sms" })).toEqual(["3", "1"]);
    expect(ids({ to: "a@example.com" })).toEqual(["2"]);
    expect(ids({ keys: new Set(["k1", "k2"]) })).toEqual(["1"]);
    expect(ids({ after: "1" })).toEqual(["3", "2"]);
    expect(ids({ after: "2026-01-02T08:00:00+08:00" })).toEqual(["3"]);
    expect(ids({ limit: 1 })).toEqual(["3"]);
    await inbox.close();
  });
});

describe("the sandbox", () => {
  it("shows mails and texts newest first, one alone, and forgets all when told", async () => {
    const { url, smtpPort } = await start();
    await mail(smtpPort, "first@example.com");
    await mail(smtpPort, "second@example.com", { html: "<b>hi</b>" });
    const { body } = await json(`${url}/sandbox/messages`);
    expect(body.messages).toMatchObject([
      { to: "second@example.com", key: "second", subject: "您好", html: expect.stringContaining("<b>hi</b>") },
      { to: "first@example.com", text: expect.stringContaining("hello") },
    ]);
    expect((await json(`${url}/sandbox/messages/${body.messages[1].id}`)).body).toEqual(body.messages[1]);
    expect((await json(`${url}/healthz`)).body).toEqual({ ok: true, received: { sms: 0, email: 2, push: 0 } });
    expect((await json(`${url}/sandbox/messages`, { method: "DELETE" })).status).toBe(204);
    expect((await json(`${url}/sandbox/messages`)).body).toEqual({ messages: [] });
  });

  it("keeps what it received and its subscriptions over a restart", async () => {
    const first = await start();
    await mail(first.smtpPort, "kept@example.com");
    const { id } = (await post(`${first.url}/sandbox/subscriptions`, {})).body;
    await first.close();
    const second = await start();
    expect((await json(`${second.url}/sandbox/messages`)).body.messages).toMatchObject([{ to: "kept@example.com" }]);
    // Known, so the push itself is what is wrong.
    expect((await fetch(`${second.url}/push/${id}`, { method: "POST" })).status).toBe(400);
    expect((await fetch(`${second.url}/push/unknown`, { method: "POST" })).status).toBe(404);
  });

  it("still bars who wrote STOP after a restart, until START", async () => {
    const account = "AC00000000000000000000000000000000";
    const write = async ({ url }: Sandbox) =>
      json(`${url}/2010-04-01/Accounts/${account}/Messages.json`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          authorization: `Basic ${Buffer.from(`${account}:${TOKEN}`).toString("base64")}`,
        },
        body: new URLSearchParams({
          To: "+8613800138000",
          From: "+15005550006",
          Body: "hello",
          StatusCallback: "http://127.0.0.1:9/callbacks",
        }).toString(),
      });
    const reply = ({ url }: Sandbox, body: string) =>
      post(`${url}/sandbox/reply`, { from: "+8613800138000", to: "+15005550006", body });
    const first = await start();
    expect((await write(first)).status).toBe(201);
    await reply(first, "STOP");
    await first.close();
    const second = await start();
    expect(await write(second)).toMatchObject({ status: 400, body: { code: 21610 } });
    await reply(second, "START");
    await second.close();
    expect((await write(await start())).status).toBe(201);
  });

  it.each([
    ["POST", "/sandbox/faults", { channel: "sms", mode: "explode" }, "application/json", 400],
    ["POST", "/sandbox/faults", "{", "application/json", 400],
    ["POST", "/sandbox/faults", { channel: "sms", mode: "429" }, "text/plain", 415],
    ["POST", "/sandbox/reply", { from: "" }, "application/json", 400],
    ["POST", "/sandbox/reply", { from: "+8613800000000", body: "STOP" }, "application/json", 409],
    ["POST", "/sandbox/subscriptions", { count: 0 }, "application/json", 400],
    ["GET", "/sandbox/messages?limit=0", undefined, "", 400],
    ["GET", "/sandbox/messages?channel=fax", undefined, "", 400],
    ["GET", "/sandbox/messages?after=yesterday", undefined, "", 400],
    ["GET", "/sandbox/messages/999", undefined, "", 404],
    ["DELETE", "/sandbox/subscriptions/none", undefined, "", 404],
    ["GET", "/nowhere", undefined, "", 404],
    [
      "POST",
      "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json",
      "To=%2B1",
      "application/x-www-form-urlencoded",
      401,
    ],
  ])("answers %s %s %j as %s with %i", async (method, path, body, type, status) => {
    const { url } = await start();
    const answer = await json(url + path, {
      method,
      ...(body !== undefined && {
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: { "content-type": type },
      }),
    });
    expect(answer.status).toBe(status);
  });

  it("says which port is busy, and leaves nothing open behind", async () => {
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(0, "127.0.0.1", done));
    const address = holder.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(startSandbox({ folder, httpPort: 0, smtpPort: port, authToken: TOKEN })).rejects.toMatchObject({
      code: "EADDRINUSE",
      port,
    });
    holder.close();
    const { smtpPort } = await start();
    await mail(smtpPort, "fine@example.com");
  });
});

it("has in its file whatever it acknowledged, also after kill -9", async () => {
  const script = `import { startSandbox } from ${JSON.stringify(new URL("./start.ts", import.meta.url).href)};
    const sandbox = await startSandbox({ folder: ${JSON.stringify(folder)}, httpPort: 0, smtpPort: 0, authToken: "a token" }); console.log(sandbox.smtpPort);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((done) => child.stdout.once("data", (line) => done(Number(String(line)))));
  const transport = createTransport({ host: "127.0.0.1", port, pool: true, maxConnections: 4, maxRequeues: 0 });
  const acknowledged = new Set<string>();
  const sending = Promise.allSettled(
    Array.from({ length: 2000 }, async (_, n) => {
      await transport.sendMail({ from: "a@example.com", to: `r${n}@example.com`, subject: "s", text: "t" });
      acknowledged.add(`r${n}@example.com`);
      if (acknowledged.size === 200) child.kill("SIGKILL");
    }),
  );
  await new Promise((done) => child.once("exit", done));
  transport.close();
  await sending;
  const inbox = await Inbox.open(folder);
  const kept = new Set(inbox.list({ limit: 5000 }).map(({ to }) => to));
  expect(acknowledged.size).toBeGreaterThanOrEqual(200);
  expect([...acknowledged].filter((to) => !kept.has(to))).toEqual([]);
  await inbox.close();
}, 30_000);
