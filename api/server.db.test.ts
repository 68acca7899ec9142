import twilio from "twilio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { twilioSms } from "@/channels/twilio";
import type { MemberId, MessageId } from "@/core/ids";
import { config } from "@/platform/config";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { createOwner } from "@/services/access/create-owner";
import { unsubscribeLinks } from "@/services/messages/content/link";
import { signPlace } from "@/services/messages/links/token";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { buildServer } from "./server";

await database({ max: 24 });
const app = await buildServer({ attempts: 6 });
let origin = "";
let tea: Shop;
beforeAll(async () => {
  origin = await app.listen({ port: 0, host: "127.0.0.1" });
  tea = await shop();
});
afterAll(() => app.close());

const ours = new URL(config().PUBLIC_URL).origin;
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const ask = (method: "GET" | "POST" | "PATCH", path: string, headers: Record<string, string>, payload?: object) =>
  app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });

describe("sign-in", () => {
  const person = async (own: Shop) =>
    createOwner({ workspace: own.workspace, email: `Owner-${own.workspace}@Example.com`, name: "老板" });
  const signIn = (
    email: string,
    password: string | null,
    headers: Record<string, string> = { origin: ours },
    ip = `10.0.0.${Math.floor(Math.random() * 250)}`,
  ) =>
    app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers,
      payload: { email, password },
      remoteAddress: ip,
    });
  const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>) =>
    answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");

  it("lets the owner in with the printed password and tells until it is changed", async () => {
    const { email, password } = await person(tea);
    const answer = await signIn(email, password);
    expect([answer.statusCode, answer.cookies[0]]).toMatchObject([200, { httpOnly: true, sameSite: "Lax", path: "/" }]);
    const cookie = cookieOf(answer);
    expect((await ask("GET", "/me", { cookie })).json()).toMatchObject({
      as: "user",
      role: "owner",
      workspace: tea.workspace,
      isFirstPassword: true,
    });
    const changed = await app.inject({
      method: "POST",
      url: "/api/auth/change-password",
      headers: { cookie, origin: ours },
      payload: { currentPassword: password, newPassword: "correct horse battery" },
    });
    expect(changed.statusCode).toBe(200);
    expect((await ask("GET", "/me", { cookie })).json()).toMatchObject({ isFirstPassword: false });
  });
  it("changes things by cookie only for our own pages", async () => {
    const own = await shop();
    const { email, password } = await person(own);
    const cookie = cookieOf(await signIn(email, password));
    const merchant = { code: "M9", name: "New" };
    const elsewhere: Record<string, string>[] = [{}, { origin: "https://evil.example" }, { origin: "null" }];
    for (const from of elsewhere)
      expect((await ask("POST", "/merchants", { cookie, ...from }, merchant)).statusCode).toBe(403);
    expect((await ask("POST", "/merchants", { cookie, origin: ours }, merchant)).statusCode).toBe(200);
    const seen = await app.inject({
      method: "GET",
      url: "/api/v1/me",
      headers: { cookie, origin: "https://evil.example" },
    });
    expect(seen.headers["access-control-allow-origin"]).toBeUndefined();
  });
  it("is refused from other origins, for wrong passwords and, soon, for guessing", async () => {
    const own = await shop();
    const { email, password } = await person(own);
    expect((await signIn(email, password, { origin: "https://evil.example" })).statusCode).toBe(403);
    const guesses: number[] = [];
    for (let i = 0; i < 8; i++)
      guesses.push((await signIn(email, "not the password", { origin: ours }, "10.9.9.9")).statusCode);
    expect(guesses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });
  it("does not make accounts", async () => {
    const answer = await app.inject({
      method: "POST",
      url: "/api/auth/sign-up/email",
      headers: { origin: ours },
      payload: { email: "a@b.co", password: "long enough 123", name: "A" },
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  });
  it("does not open another's workspace", async () => {
    const [own, other] = [await shop(), await shop()];
    const { email, password } = await person(own);
    const cookie = cookieOf(await signIn(email, password));
    expect((await ask("GET", "/me", { cookie, "x-workspace": other.workspace })).statusCode).toBe(401);
  });
});

describe("keys", () => {
  it("work until they are revoked, at once", async () => {
    const made = (
      await ask("POST", "/keys", bearer(tea.apiKey), { kind: "secret", name: "till", scopes: ["member.read"] })
    ).json();
    expect((await ask("GET", "/members", bearer(made.key))).statusCode).toBe(200);
    expect((await ask("GET", "/keys", bearer(tea.apiKey))).body).not.toContain(made.key);
    const rotated = (await ask("POST", `/keys/${made.id}/rotate`, bearer(tea.apiKey))).json();
    expect([
      (await ask("GET", "/members", bearer(made.key))).statusCode,
      (await ask("GET", "/members", bearer(rotated.key))).statusCode,
    ]).toEqual([401, 200]);
    await ask("POST", `/keys/${rotated.id}/revoke`, bearer(tea.apiKey));
    expect((await ask("GET", "/members", bearer(rotated.key))).statusCode).toBe(401);
  });
  it("never give more than their maker has, and their secret is not kept for an Idempotency-Key", async () => {
    const narrow = (
      await ask("POST", "/keys", bearer(tea.apiKey), { kind: "secret", name: "n", scopes: ["key.write"] })
    ).json();
    expect(
      (await ask("POST", "/keys", bearer(narrow.key), { kind: "secret", name: "m", scopes: ["*"] })).statusCode,
    ).toBe(403);
    const once = { ...bearer(tea.apiKey), "idempotency-key": "k1" };
    const made = (await ask("POST", "/keys", once, { kind: "write", name: "w" })).json();
    expect(
      await engine((tx) =>
        tx.one(
          sql`SELECT key FROM idempotency WHERE workspace_id = ${tea.workspace} AND body::text LIKE ${`%${made.key}%`}`,
        ),
      ),
    ).toBeUndefined();
  });
});

/** Whether a reference within a document finds something. */
const leads = (document: unknown, ref: string): boolean =>
  ref.startsWith("#/") &&
  ref
    .slice(2)
    .split("/")
    .reduce<unknown>(
      (at, part) =>
        typeof at === "object" && at !== null
          ? Reflect.get(at, part.replaceAll("~1", "/").replaceAll("~0", "~"))
          : undefined,
      document,
    ) !== undefined;

describe("the management API", () => {
  it("answers the same key and body once more, and another body not at all", async () => {
    const headers = { ...bearer(tea.apiKey), "idempotency-key": "merchant-1" };
    const first = await ask("POST", "/merchants", headers, { code: "ONCE", name: "Once" });
    const again = await ask("POST", "/merchants", headers, { code: "ONCE", name: "Once" });
    expect([first.statusCode, again.statusCode, again.json().id]).toEqual([200, 200, first.json().id]);
    expect((await ask("POST", "/merchants", headers, { code: "TWICE", name: "Twice" })).json()).toMatchObject({
      status: 422,
      code: "key_reused",
    });
  });
  it.each([
    ["POST", "/merchants", { code: "no spaces please", name: "x" }, 400, "invalid", "code"],
    ["POST", "/merchants", { name: "x" }, 400, "invalid", "code"],
    ["POST", "/merchants", [], 400, "invalid", undefined],
    ["POST", "/merchants", { code: "M1", name: "twin" }, 409, "conflict", "code"],
    [
      "POST",
      "/stores",
      { merchant: "00000000-0000-7000-8000-000000000000", code: "S", name: "S" },
      404,
      "not_found",
      "merchant",
    ],
    ["POST", "/stores", { merchant: "x", code: "S", name: "S" }, 400, "invalid", "merchant"],
    ["POST", "/keys", { kind: "write", name: "w", scopes: ["server", "*"] }, 400, "invalid", "scopes[1]"],
    ["PATCH", "/workspace", { timeZone: "Mars/Olympus" }, 400, "invalid", "timeZone"],
    ["PATCH", "/workspace", { currency: "USD" }, 400, "invalid", undefined],
    ["GET", "/events?limit=1000", undefined, 400, "invalid", "limit"],
    ["GET", "/events?member=x", undefined, 400, "invalid", "member"],
    ["POST", "/dead-letters/x/replay", {}, 400, "invalid", "letter"],
    ["GET", "/nowhere", undefined, 404, "not_found", undefined],
  ] as const)("answers %s %s with %j by %d %s at %s", async (method, path, body, status, code, at) => {
    const answer = await ask(method, path, bearer(tea.apiKey), body);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.json()).toMatchObject({
      status,
      code,
      type: `urn:regulars:problem:${code}`,
      ...(at && { path: at }),
    });
    expect(answer.json().title).toMatch(/^[A-Z]/);
  });
  it("refuses what is no JSON, or too long an Idempotency-Key", async () => {
    const raw = await app.inject({
      method: "POST",
      url: "/api/v1/merchants",
      headers: { ...bearer(tea.apiKey), "content-type": "application/json" },
      payload: "{",
    });
    expect([raw.statusCode, raw.json().code]).toEqual([400, "invalid"]);
    expect(
      (
        await ask(
          "POST",
          "/merchants",
          { ...bearer(tea.apiKey), "idempotency-key": "k".repeat(201) },
          { code: "L", name: "L" },
        )
      ).json(),
    ).toMatchObject({ code: "invalid", path: "Idempotency-Key" });
  });
  it("describes each of its routes, and the event API", async () => {
    const document = (await app.inject({ url: "/docs/json" })).json();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/v1/track",
        "/v1/events",
        "/api/v1/members/{member}",
        "/api/v1/redemptions/confirm",
        "/streams",
      ]),
    );
    for (const operations of Object.values<Record<string, { summary?: string }>>(document.paths))
      for (const operation of Object.values(operations)) expect(operation.summary).toBeTruthy();
  });
  it("describes itself so that every reference leads somewhere, and every POST takes an Idempotency-Key", async () => {
    const document = (await app.inject({ url: "/openapi.json" })).json();
    expect(document).toEqual((await app.inject({ url: "/docs/json" })).json());
    const astray: string[] = [];
    const open: unknown[] = [document];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (typeof one !== "object" || one === null) continue;
      if ("$ref" in one && typeof one.$ref === "string" && !leads(document, one.$ref)) astray.push(one.$ref);
      open.push(...Object.values(one));
    }
    expect(astray).toEqual([]);
    for (const [path, { post }] of Object.entries<{ post?: { parameters?: { name: string }[] } }>(document.paths))
      if (post && path.startsWith("/api/v1/"))
        expect([path, post.parameters?.map(({ name }) => name)]).toEqual([
          path,
          expect.arrayContaining(["idempotency-key"]),
        ]);
  });
  it("pages through events and dead letters to their end, each once", async () => {
    const own = await shop();
    const basic = `Basic ${Buffer.from(`${own.writeKey}:`).toString("base64")}`;
    const batch = Array.from({ length: 7 }, (_, i) => [
      { type: "track", userId: "u", event: `e${i}` },
      { type: "track", userId: "u", event: "order_paid", messageId: `bad${i}` },
    ]).flat();
    await app.inject({ method: "POST", url: "/v1/batch", headers: { authorization: basic }, payload: { batch } });
    for (const list of ["events", "dead-letters"]) {
      const ids: string[] = [];
      let cursor: string | null = "";
      do {
        const answer: { items: { id: string }[]; next: string | null } = (
          await ask("GET", `/${list}?limit=3&cursor=${cursor}`, bearer(own.apiKey))
        ).json();
        ids.push(...answer.items.map(({ id }) => id));
        cursor = answer.next;
      } while (cursor !== null);
      expect([list, ids.length, new Set(ids).size]).toEqual([list, 7, 7]);
    }
  });
});

describe("streams", () => {
  it("tell a workspace's own topics and no other's, and end when the server goes", async () => {
    const [own, other] = [await shop(), await shop()];
    const stop = new AbortController();
    const response = await fetch(`${origin}/streams?topic=events`, {
      headers: bearer(own.apiKey),
      signal: stop.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    let heard = "";
    const reading = (async () => {
      const reader = response.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        heard += Buffer.from(part.value).toString();
    })().catch(() => {});
    await until(() => heard.includes("retry"));
    const send = (key: string) =>
      app.inject({
        method: "POST",
        url: "/v1/track",
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
        payload: { userId: "u", event: "x" },
      });
    await send(other.writeKey);
    await send(own.writeKey);
    await until(() => heard.includes('data: {"topic":"events"}'), { what: "the topic" });
    expect(heard.match(/data:/g)).toHaveLength(1);
    stop.abort();
    await reading;
    expect((await fetch(`${origin}/streams`, { headers: bearer(own.apiKey) })).status).toBe(400);
    expect((await fetch(`${origin}/streams?topic=events`)).status).toBe(401);
  });
});

describe("links and callbacks", () => {
  async function reader(own: Shop): Promise<MemberId> {
    const member = newId<MemberId>();
    await engine(async (tx) => {
      await tx.run(
        sql`INSERT INTO member (workspace_id, id, name, phone) VALUES (${own.workspace}, ${member}, '王芳', '+8613800138000')`,
      );
      await tx.run(
        sql`INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, at) SELECT ${own.workspace}, ${member}, c, 'marketing', true, 'test', '2026-01-01' FROM unnest(ARRAY['sms', 'email']) AS c`,
      );
    });
    return member;
  }
  const consents = async (own: Shop) =>
    (
      await engine((tx) =>
        tx.rows<{ channel: string; granted: boolean }>(sql`
    SELECT channel, is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} ORDER BY channel`),
      )
    ).map((c) => `${c.channel} ${c.granted}`);

  it("unsubscribe by one press, in the reader's language, and not by being looked at", async () => {
    const own = await shop();
    const { page } = unsubscribeLinks({ workspace: own.workspace, member: await reader(own), channel: "email" });
    const { pathname } = new URL(page);
    const shown = await app.inject({ url: pathname, headers: { "accept-language": "en" } });
    expect([shown.statusCode, shown.body.includes("Unsubscribe"), await consents(own)]).toEqual([
      200,
      true,
      ["email true", "sms true"],
    ]);
    const pressed = await app.inject({
      method: "POST",
      url: pathname,
      headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "zh" },
      payload: "List-Unsubscribe=One-Click",
    });
    expect([pressed.statusCode, pressed.body.includes("已退订"), await consents(own)]).toEqual([
      200,
      true,
      ["email false", "sms true"],
    ]);
    expect((await app.inject({ method: "POST", url: `${pathname.slice(0, -2)}xx`, payload: "" })).statusCode).toBe(404);
  });
  it("obey a signed STOP, and nothing that is not signed", async () => {
    const own = await shop();
    await reader(own);
    const url = `${config().PUBLIC_API_URL}/callbacks/twilio/${own.workspace}`;
    const form = {
      MessageSid: `SM${"0".repeat(32)}`,
      AccountSid: twilioSms.sandbox.accountSid,
      From: "+8613800138000",
      To: twilioSms.sandbox.from,
      Body: "退订",
      NumSegments: "1",
      SmsStatus: "received",
    };
    const post = (signature: string) =>
      app.inject({
        method: "POST",
        url: new URL(url).pathname,
        headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
        payload: new URLSearchParams(form).toString(),
      });
    expect((await post("forged")).statusCode).toBe(403);
    expect(await consents(own)).toEqual(["email true", "sms true"]);
    const answer = await post(twilio.getExpectedTwilioSignature(twilioSms.sandbox.authToken, url, form));
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/xml"]);
    expect(await consents(own)).toEqual(["email true", "sms false"]);
    expect(
      (await app.inject({ method: "POST", url: `/callbacks/carrier-pigeon/${own.workspace}`, payload: "" })).statusCode,
    ).toBe(404);
  });
});

describe("health", () => {
  it("says it is alive, ready, and counts", async () => {
    expect((await app.inject({ url: "/healthz" })).statusCode).toBe(200);
    expect((await app.inject({ url: "/readyz" })).json()).toMatchObject({
      ok: true,
      lag: { dispatch: { waiting: expect.any(Number) }, workers: expect.any(Number) },
    });
    expect((await app.inject({ url: "/metrics" })).body).toMatch(/regulars_events_accepted_total \d+/);
  });
});

describe("tracked links", () => {
  it("lead on to what we signed, tell nobody where they were, and lead nowhere else", async () => {
    const place = { workspace: (await shop()).workspace, message: newId<MessageId>() };
    const target = "https://shop.example/新品?a=1&b=2";
    const url = (to: string) => `/l/${signPlace(place, 0, target)}?u=${encodeURIComponent(to)}`;
    const led = await app.inject({ url: url(target) });
    expect([led.statusCode, led.headers.location]).toEqual([302, "https://shop.example/%E6%96%B0%E5%93%81?a=1&b=2"]);
    expect(led.headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" });
    for (const other of ["https://evil.example/", "//evil.example", "javascript:alert(1)", `${target}#`])
      expect((await app.inject({ url: url(other) })).statusCode).toBe(404);
    expect((await app.inject({ url: `/l/${signPlace(place, 0)}` })).statusCode).toBe(404);
    expect((await app.inject({ url: `/l/${"A".repeat(5000)}` })).statusCode).toBeGreaterThanOrEqual(400);
  });
  it("answer a picture to whatever asks for one", async () => {
    for (const token of [
      "x.gif",
      `${signPlace({ workspace: (await shop()).workspace, message: newId<MessageId>() }, 255)}.gif`,
    ]) {
      const picture = await app.inject({ url: `/o/${token}` });
      expect([picture.statusCode, picture.headers["content-type"]]).toEqual([200, "image/gif"]);
    }
  });
});
