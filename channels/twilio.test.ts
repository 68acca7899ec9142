import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "@/tests/harness/until";
import type { Outgoing, RawRequest, Report } from "./provider";
import { sandboxForTests } from "./sandbox-harness";
import { type TwilioSettings, twilioSms } from "./twilio";

let sandbox: Awaited<ReturnType<typeof sandboxForTests>>;
let settings: TwilioSettings;
let callbacks: { url: string; requests: RawRequest[]; close(): void };
const never = new AbortController().signal;

async function callbackServer(): Promise<typeof callbacks> {
  const requests: RawRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    requests.push({
      method: "POST",
      url: `http://${request.headers.host}${request.url}`,
      headers: request.headers,
      body,
    });
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/callbacks/twilio`, requests, close: () => server.close() };
}

let last = 0;
const message = (over: Partial<Outgoing<"sms">> = {}): Outgoing<"sms"> => {
  last += 1;
  const key = over.key ?? `message-${last}`;
  return {
    key,
    to: `+8613800${String(100000 + last)}`,
    content: { text: `Your code, 常客 ${last}` },
    callbackUrl: `${callbacks.url}?key=${key}`,
    expiresAt: new Date(Date.now() + 60_000),
    ...over,
  };
};
const order = (mode: string) => sandbox.order("sms", mode);
const inbox = (to: string) => sandbox.inbox({ channel: "sms", to });
const lost = (sent: Outgoing<"sms">, others: string[] = []) => ({
  to: sent.to,
  content: sent.content,
  since: new Date(Date.now() - 1000),
  until: new Date(),
  others,
});
const received = (request: RawRequest): Report[] => {
  const reports = twilioSms.receive?.(settings, request);
  if (reports === undefined || reports === "forged") throw new Error("forged");
  return reports;
};

beforeAll(async () => {
  callbacks = await callbackServer();
  sandbox = await sandboxForTests();
  settings = { ...twilioSms.sandbox, baseUrl: sandbox.sandbox.url, timeoutMs: 5000 };
});
afterAll(async () => {
  await sandbox.close();
  callbacks.close();
});
beforeEach(() => order("none"));

describe("a text message by Twilio", () => {
  it("is accepted, stands in the inbox under our key, and is reported sent and delivered by signed callbacks", async () => {
    const mine = message();
    const sent = await twilioSms.send(settings, mine, never);
    expect(sent).toEqual({ is: "accepted", ref: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
    expect((await inbox(mine.to))[0]).toMatchObject({ key: mine.key, text: mine.content.text });
    const ours = await until(() => {
      const found = callbacks.requests.filter(({ url }) => url.endsWith(`key=${mine.key}`));
      return found.length === 2 && found;
    });
    expect(ours.flatMap(received)).toEqual([
      { about: "message", key: mine.key, ref: sent.is === "accepted" && sent.ref, is: "sent", suppress: false },
      { about: "message", key: mine.key, ref: sent.is === "accepted" && sent.ref, is: "delivered", suppress: false },
    ]);
  });

  it.each(["429", "503"])("answered %s did not arrive and may be tried again", async (mode) => {
    const mine = message();
    await order(mode);
    expect(await twilioSms.send(settings, mine, never)).toMatchObject({
      is: "refused",
      lasting: false,
      suppress: false,
      ...(mode === "429" && { after: 1000 }),
    });
    expect(await inbox(mine.to)).toEqual([]);
    expect(await twilioSms.send(settings, mine, never)).toMatchObject({ is: "accepted" });
  });

  it.each(["500", "hang"])(
    "met by %s is unknown, and the list of messages shows that it never arrived",
    async (mode) => {
      const mine = message();
      await order(mode);
      expect(await twilioSms.send({ ...settings, timeoutMs: 800 }, mine, never)).toEqual({ is: "unknown" });
      expect(await twilioSms.find?.(settings, mine.key, lost(mine))).toEqual({
        is: "refused",
        lasting: false,
        suppress: false,
        reason: "never_arrived",
      });
    },
  );

  it("cut after Twilio had taken it is unknown, and is found in the list of messages", async () => {
    const mine = message();
    await order("accept-then-cut");
    expect(await twilioSms.send(settings, mine, never)).toEqual({ is: "unknown" });
    const found = await twilioSms.find?.(settings, mine.key, lost(mine));
    expect(found).toEqual({ is: "accepted", ref: expect.stringMatching(/^SM/) });
    expect(await inbox(mine.to)).toHaveLength(1);
  });

  it("is not taken for another one with the same words to the same phone", async () => {
    const first = message();
    const sent = await twilioSms.send(settings, first, never);
    const again = message({ to: first.to, content: first.content });
    await order("hang");
    await twilioSms.send({ ...settings, timeoutMs: 800 }, again, never);
    const others = sent.is === "accepted" ? [sent.ref] : [];
    expect(await twilioSms.find?.(settings, again.key, lost(again, others))).toMatchObject({ reason: "never_arrived" });
  });

  it("is found on a later page of the list", async () => {
    const mine = message();
    await order("accept-then-cut");
    await twilioSms.send(settings, mine, never);
    for (let i = 0; i < 120; i++)
      await twilioSms.send(settings, message({ to: mine.to, content: { text: `other ${i}` } }), never);
    expect(await twilioSms.find?.(settings, mine.key, lost(mine))).toMatchObject({ is: "accepted" });
  });

  it("that never left because nobody listens is refused for now, not unknown", async () => {
    const gone = await callbackServer();
    gone.close();
    const sent = await twilioSms.send({ ...settings, baseUrl: new URL(gone.url).origin }, message(), never);
    expect(sent).toMatchObject({
      is: "refused",
      lasting: false,
      suppress: false,
      reason: expect.stringContaining("ECONNREFUSED"),
    });
    expect(
      await twilioSms.send({ ...settings, baseUrl: "http://no-such-host.invalid" }, message(), never),
    ).toMatchObject({ is: "refused", lasting: false });
  });

  it("stopped before it left is refused, stopped on the way is unknown", async () => {
    expect(await twilioSms.send(settings, message(), AbortSignal.abort())).toEqual({
      is: "refused",
      lasting: false,
      suppress: false,
      reason: "stopped",
    });
    const stop = new AbortController();
    // Stops as soon as the far side has seen the request.
    const silent = createServer(() => stop.abort());
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    const address = silent.address();
    const baseUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    expect(await twilioSms.send({ ...settings, baseUrl, timeoutMs: 5000 }, message(), stop.signal)).toEqual({
      is: "unknown",
    });
    silent.close();
  });

  it("whose TLS is never agreed has not left: refused, and not begun when its time is over", async () => {
    const mute = createTcpServer(() => {});
    await new Promise<void>((done) => mute.listen(0, "127.0.0.1", done));
    const address = mute.address();
    const baseUrl = `https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    const refused = { is: "refused", lasting: false, suppress: false };
    expect(await twilioSms.send({ ...settings, baseUrl, timeoutMs: 300 }, message(), never)).toMatchObject(refused);
    const late = message({ beginBy: new Date(Date.now() + 200) });
    expect(await twilioSms.send({ ...settings, baseUrl }, late, never)).toEqual({
      ...refused,
      reason: "no connection in time",
    });
    mute.close();
  });

  it("that may not begin any more never leaves", async () => {
    const mine = message({ beginBy: new Date(Date.now() - 1) });
    expect(await twilioSms.send(settings, mine, never)).toMatchObject({
      is: "refused",
      lasting: false,
      reason: "not_begun",
    });
    expect(await inbox(mine.to)).toEqual([]);
  });

  it.each([
    ["+15005550001", true, "21211"],
    ["12345", true, "21211"],
    ["+15005550004", true, "21610"],
    ["+15005550009", true, "21614"],
    ["+15005550003", false, "21408"],
  ])("to %s is refused for good (suppress: %s, %s)", async (to, suppress, code) => {
    expect(await twilioSms.send(settings, message({ to }), never)).toEqual({
      is: "refused",
      lasting: true,
      suppress,
      reason: expect.stringContaining(code),
    });
  });

  it("waits when our own token is wrong, so that the settings can be mended", async () => {
    const sent = await twilioSms.send({ ...settings, authToken: "wrong" }, message(), never);
    expect(sent).toMatchObject({
      is: "refused",
      lasting: false,
      suppress: false,
      reason: expect.stringContaining("20003"),
    });
  });

  it("reported undelivered to an unknown handset suppresses the number", async () => {
    const mine = message();
    await order("undelivered");
    await twilioSms.send(settings, mine, never);
    const report = await until(() =>
      callbacks.requests
        .filter(({ url }) => url.endsWith(`key=${mine.key}`))
        .flatMap(received)
        .find((one) => one.about === "message" && one.is === "failed"),
    );
    expect(report).toMatchObject({ key: mine.key, suppress: true, reason: "undelivered 30005" });
  });
});

describe("a call that claims to be Twilio's", () => {
  const real = async () => {
    const mine = message();
    await twilioSms.send(settings, mine, never);
    return until(() => callbacks.requests.find(({ url }) => url.endsWith(`key=${mine.key}`)));
  };
  it.each([
    ["another key", (r: RawRequest) => ({ ...r, url: `${r.url}9` })],
    ["another body", (r: RawRequest) => ({ ...r, body: r.body.replace("sent", "delivered") })],
    [
      "another signature",
      (r: RawRequest) => ({ ...r, headers: { ...r.headers, "x-twilio-signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" } }),
    ],
    ["no signature", (r: RawRequest) => ({ ...r, headers: {} })],
  ])("with %s is forged", async (_what, change) => {
    const request = await real();
    expect(twilioSms.receive?.(settings, request)).not.toBe("forged");
    expect(twilioSms.receive?.(settings, change(request))).toBe("forged");
  });
});

describe("a member's reply", () => {
  const reply = (from: string, body: string) => sandbox.call("/sandbox/reply", { json: { from, body } });

  it.each([
    ["退订", "stop"],
    ["TD", "stop"],
    ["STOP", "stop"],
    ["START", "start"],
    ["谢谢", "none"],
  ])("%s comes in signed, where the last message reports to, and means %s", async (body, wish) => {
    const mine = message();
    await twilioSms.send(settings, mine, never);
    expect((await reply(mine.to, body)).status).toBe(200);
    const request = await until(() =>
      callbacks.requests.find((one) => one.url === callbacks.url && one.body.includes(encodeURIComponent(mine.to))),
    );
    expect(received(request)).toEqual([
      { about: "reply", ref: expect.stringMatching(/^SM/), from: mine.to, to: settings.from, text: body, wish },
    ]);
  });

  it("STOP bars the number at Twilio until START", async () => {
    const mine = message();
    await twilioSms.send(settings, mine, never);
    await reply(mine.to, "STOP");
    expect(await twilioSms.send(settings, mine, never)).toMatchObject({
      is: "refused",
      suppress: true,
      reason: expect.stringContaining("21610"),
    });
    await reply(mine.to, "START");
    expect(await twilioSms.send(settings, mine, never)).toMatchObject({ is: "accepted" });
  });
});
