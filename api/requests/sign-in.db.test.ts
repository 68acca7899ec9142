import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { config } from "@/platform/config";
import { engine, peek, sql } from "@/platform/db";
import type { Actor } from "@/services/access/actor";
import { createOwner } from "@/services/access/create-owner";
import { firstPasswordMark } from "@/services/access/one-time-password";
import { invitePerson } from "@/services/access/people/invite";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "../server";

await database({ max: 24 });
const app = await buildServer({ attempts: { perAddress: 6, perAccount: 9 } });
let tea: Shop;
beforeAll(async () => {
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
  it("refuses a one-time password that was not replaced in time, at the door and to a page left open", async () => {
    const own = await shop();
    const { user, email } = await person(own);
    const boss: Actor = { as: "user", workspace: own.workspace, user, role: "owner", name: "老板" };
    const invited = await call(invitePerson, boss, { name: "Bo", email: `bo-${email}`, role: "ops" });
    if (!invited.ok || !invited.value.password) throw new Error("not invited");
    const { password, person: bo } = invited.value;
    const cookie = cookieOf(await signIn(invited.value.email, password));
    await peek(sql`
      UPDATE verification SET created_at = now() - make_interval(days => ${ONE_TIME_DAYS}) WHERE identifier = ${firstPasswordMark(bo)}`);
    const late = await signIn(invited.value.email, password);
    expect(late.json()).toMatchObject({
      status: 403,
      code: "not_allowed",
      detail: expect.stringContaining("ask an owner"),
    });
    expect(late.cookies).toEqual([]);
    expect((await signIn(invited.value.email, "not the password")).statusCode).toBe(401);
    const change = await app.inject({
      method: "POST",
      url: "/api/auth/change-password",
      headers: { cookie, origin: ours, "accept-language": "zh-CN" },
      payload: { currentPassword: password, newPassword: "correct horse battery" },
    });
    expect(change.json()).toMatchObject({ status: 403, detail: expect.stringContaining("已经失效") });
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
  it("does nothing for whoever signed in since a page was made, and says who that is", async () => {
    const own = await shop();
    const { user, email, password } = await person(own);
    const cookie = cookieOf(await signIn(email, password));
    const from = (who: string, language = "en") =>
      ask(
        "POST",
        "/merchants",
        { cookie, origin: ours, "x-person": who, "accept-language": language },
        { code: "M8", name: "Theirs" },
      );
    expect((await from("somebody")).json()).toMatchObject({
      status: 403,
      code: "somebody_else",
      detail: "老板 is signed in now: sign in again to do this as yourself",
    });
    expect((await from("somebody", "zh-CN")).json()).toMatchObject({
      title: "登录者已换人",
      detail: "当前登录的是老板：请重新登录您自己的账号后再操作",
    });
    expect((await from(user)).statusCode).toBe(200);
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
  it("is refused to whoever guesses from many addresses, and not to the person at the desk where they are signed in", async () => {
    const { email, password } = await person(await shop());
    const desk = "10.7.7.7";
    expect((await signIn(email, password, { origin: ours }, desk)).statusCode).toBe(200);
    const guesses: number[] = [];
    for (let i = 0; i < 10; i++)
      guesses.push(
        (await signIn(` ${email.toUpperCase()}`, "not the password", { origin: ours }, `10.8.8.${i}`)).statusCode,
      );
    expect(guesses.filter((status) => status !== 429)).toHaveLength(9);
    const right = await signIn(email, password, { origin: ours }, "10.8.8.99");
    expect([right.statusCode, right.json().code]).toEqual([429, "too_many_requests"]);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(800);
    expect((await signIn(email, password, { origin: ours }, desk)).statusCode).toBe(200);
  });
  it("counts for every process alike, and a whole IPv6 network as one", async () => {
    const { email: known } = await person(await shop());
    const other = await buildServer({ attempts: { perAddress: 6, perAccount: 9 } });
    const guess = (server: typeof app, remoteAddress: string, email = known) =>
      server.inject({
        method: "POST",
        url: "/api/auth/sign-in/email",
        payload: { email, password: "no" },
        remoteAddress,
      });
    for (let i = 0; i < 6; i++)
      expect((await guess(i % 2 ? app : other, `2001:db8:1:2::${i}`)).statusCode).not.toBe(429);
    expect((await guess(other, "2001:db8:1:2:3:4:5:6")).statusCode).toBe(429);
    expect((await guess(other, "2001:db8:1:3::1")).statusCode).not.toBe(429);
    for (const neighbour of ["::ffff:203.0.113.1", "::ffff:203.0.113.2", "fe80::1%eth0"])
      expect((await guess(app, neighbour, "stranger@example.com")).statusCode).not.toBe(429);
    await other.close();
  });
  it.each(["sign-up/email", "update-user", "change-email", "delete-user", "request-password-reset", "sign-in/social"])(
    "opens nothing else of its library: %s",
    async (path) => {
      const { email, password } = await person(await shop());
      const answer = await app.inject({
        method: "POST",
        url: `/api/auth/${path}`,
        headers: { origin: ours, cookie: cookieOf(await signIn(email, password)) },
        payload: { email: "a@b.co", password: "long enough 123", name: "Somebody else" },
      });
      expect([answer.statusCode, answer.json().code]).toEqual([404, "not_found"]);
    },
  );
  it("says what is wrong in our words and the caller's language", async () => {
    const { email, password } = await person(await shop());
    const cookie = cookieOf(await signIn(email, password));
    const say = (path: string, payload: object | string, headers = {}) =>
      app.inject({
        method: "POST",
        url: `/api/auth/${path}`,
        headers: { origin: ours, cookie, "accept-language": "zh-CN", "content-type": "application/json", ...headers },
        payload,
        remoteAddress: `10.4.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
      });
    const change = (currentPassword: unknown, newPassword: unknown) => ({ currentPassword, newPassword });
    const cases = [
      [await say("sign-in/email", { email, password: "not this" }), 401, undefined, "邮箱或密码不正确"],
      [await say("sign-in/email", { email: { $ne: 1 }, password }), 400, "email", "应为文本"],
      [await say("sign-in/email", { email: "nobody", password }), 400, "email", "应为邮箱地址"],
      [await say("sign-in/email", "{"), 400, "", "请求内容应为 JSON"],
      [await say("change-password", change("not this", "long enough 123")), 400, "currentPassword", "当前密码不正确"],
      [await say("change-password", change(password, "short")), 400, "newPassword", "应为 10 至 128 个字符"],
      [await say("change-password", change(password, "long enough 123"), { cookie: "" }), 401, undefined, "请先登录"],
    ] as const;
    for (const [answer, status, path, detail] of cases) {
      expect(answer.json()).toMatchObject({ status, detail, ...(path !== undefined && { path }) });
      expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    }
    const out = await app.inject({ method: "POST", url: "/api/auth/sign-out", headers: { origin: ours, cookie } });
    expect(out.statusCode).toBe(200);
    expect((await ask("GET", "/me", { cookie })).statusCode).toBe(401);
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
