import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MessageId } from "@/core/ids";
import { engine, Sql, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { makeKey } from "@/services/access/make-key";
import { call } from "@/services/access/use-case";
import type { EventLine } from "@/services/debugger/list";
import { grantConsent } from "@/services/members/consents";
import { claim } from "@/services/messages/pumping/claim";
import { queueMessages } from "@/services/messages/queue";
import { database } from "@/tests/harness/database";
import { dispatchAll, liveJourney, runsOf } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { count, memberOf, openDoor } from "./door-harness";

await database({ max: 24 });
const { app, post } = await openDoor();

const PHONE = "+8613800138000";
const traits = { phone: "138 0013 8000" };
const externalIds = [{ type: "phone", id: "13800138000" }];
const order = (n: number) => ({
  event: "order_paid",
  context: { externalIds },
  properties: { order_id: `A-${n}`, amount: 1_000 },
});

/** The same shop to a page, whose key anybody can read. */
async function fromBrowser(own: Shop): Promise<Shop> {
  const wanted = { id: newId(), kind: "write" as const, name: "page", scopes: [], madeBy: null };
  const { key } = await engine((tx) => makeKey(tx, own.workspace, wanted));
  return { ...own, writeKey: key };
}

const living = (own: Shop) =>
  engine((tx) =>
    tx.rows<{ phone: string | null; email: string | null; orders: number; spent: number; attributes: unknown }>(sql`
      SELECT phone, email, orders, spent, attributes FROM member WHERE workspace_id = ${own.workspace} AND merged_into IS NULL ORDER BY created_at, id`),
  );
const codesOf = async (own: Shop): Promise<string[]> =>
  (await app.inject({ url: "/api/v1/events", headers: { authorization: `Bearer ${own.apiKey}` } }))
    .json()
    .items.flatMap((one: EventLine) => one.warnings.map(({ code, path }) => `${code} ${path.join(".")}`));

describe("a till's member and the app's user", () => {
  it("are one as soon as the shop's server says so: orders, journeys and the phone together", async () => {
    const own = await shop();
    const journey = await liveJourney(own, {
      name: "Waits",
      entry: "paid",
      nodes: [
        { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
        { id: "wait", kind: "delay", config: { for: "P1D" } },
      ],
      edges: [{ from: "paid", port: "next", to: "wait" }],
      settings: {},
    });
    await post("/v1/track", order(1), {}, own);
    await dispatchAll();
    const signedIn = await post("/v1/identify", { userId: "u1", traits }, {}, own);
    expect(await signedIn.json()).toEqual({ success: true });
    await post("/v1/track", { ...order(2), context: {}, userId: "u1" }, {}, own);
    await dispatchAll();
    expect(await living(own)).toEqual([{ phone: PHONE, email: null, orders: 2, spent: 2_000, attributes: {} }]);
    expect((await runsOf(journey.id)).map(({ member }) => member)).toEqual([await memberOf("u1", own)]);
    expect(await memberOf(PHONE, own)).toBe(await memberOf("u1", own));
  });

  it("are joined when the app knew its user before", async () => {
    const own = await shop();
    await post("/v1/track", { ...order(1), context: {}, userId: "u1" }, {}, own);
    await post("/v1/track", order(2), {}, own);
    await dispatchAll();
    expect(await count("member", own)).toBe(2);
    expect(await (await post("/v1/identify", { userId: "u1", traits }, {}, own)).json()).toEqual({ success: true });
    await dispatchAll();
    expect(await living(own)).toEqual([{ phone: PHONE, email: null, orders: 2, spent: 2_000, attributes: {} }]);
  });

  it("stay two for a browser, who is not told whose phones we know; the debugger says it", async () => {
    const own = await shop();
    await post("/v1/track", order(1), {}, own);
    const answer = await post("/v1/identify", { userId: "thief", traits }, {}, await fromBrowser(own));
    expect(await answer.json()).toEqual({ success: true });
    await dispatchAll();
    expect(await living(own)).toMatchObject([
      { orders: 1 },
      { orders: 0, phone: null, attributes: { unverified_phone: PHONE } },
    ]);
    expect(await codesOf(own)).toEqual(["contact_taken traits.phone"]);
  });

  it("are one though order and sign-in come at one moment, twice and from both sides", async () => {
    const own = await shop();
    for (let round = 0; round < 5; round++) {
      const phone = `1380013${String(8_100 + round)}`;
      const till = { ...order(round), context: { externalIds: [{ type: "phone", id: phone }] } };
      const app = { userId: `u${round}`, traits: { phone } };
      await Promise.all([1, 2].flatMap(() => [post("/v1/track", till, {}, own), post("/v1/identify", app, {}, own)]));
    }
    await dispatchAll();
    expect((await living(own)).map(({ orders, phone }) => [orders, typeof phone])).toEqual(
      Array.from({ length: 5 }, () => [1, "string"]),
    );
  });

  it("are one for the first of ten users who name its phone at one moment, and the others are told", async () => {
    const own = await shop();
    for (const isKnown of [false, true]) {
      const phone = isKnown ? "13800138001" : "13800138002";
      await post("/v1/track", { ...order(1), context: { externalIds: [{ type: "phone", id: phone }] } }, {}, own);
      const users = Array.from({ length: 10 }, (_, i) => `${isKnown}${i}`);
      if (isKnown) await Promise.all(users.map((userId) => post("/v1/identify", { userId }, {}, own)));
      const answers = await Promise.all(
        users.map(
          async (userId) =>
            (await post("/v1/identify", { userId, traits: { phone } }, {}, own)).json() as Promise<{
              warnings?: { code: string }[];
            }>,
        ),
      );
      expect(answers.filter(({ warnings }) => warnings?.[0]?.code === "contact_taken")).toHaveLength(9);
      expect(new Set(await Promise.all(users.map((userId) => memberOf(userId, own)))).size).toBe(10);
    }
  });

  it("after half a year of silence need a second proof, and that is told in both languages", async () => {
    const own = await shop();
    await post(
      "/v1/track",
      { ...order(1), context: { externalIds: [...externalIds, { type: "card", id: "C7" }] } },
      {},
      own,
    );
    await dispatchAll();
    await engine((tx) =>
      tx.run(sql`
        UPDATE member SET created_at = now() - interval '181 days', last_seen_at = now() - interval '181 days' WHERE workspace_id = ${own.workspace}`),
    );
    for (const [language, word] of [
      ["en", "second proof"],
      ["zh-CN", "第二项凭据"],
    ] as const) {
      const answer = await post("/v1/identify", { userId: "u1", traits }, { "accept-language": language }, own);
      expect(await answer.json()).toMatchObject({
        warnings: [{ path: "traits.phone", code: "contact_silent", detail: expect.stringContaining(word) }],
      });
    }
    const context = { externalIds: [{ type: "card", id: "C7" }] };
    expect(await (await post("/v1/identify", { userId: "u1", traits, context }, {}, own)).json()).toEqual({
      success: true,
    });
    expect(await memberOf(PHONE, own)).toBe(await memberOf("u1", own));
  });
});

describe("whom a till knows by a phone", () => {
  const phones = async (own: Shop) => (await living(own)).map(({ phone }) => phone);
  const byMail = { context: { externalIds: [{ type: "email", id: "Lin@Example.com" }] } };

  it("is reached there, as soon as they agree and not before", async () => {
    const own = await shop();
    await post("/v1/track", order(1), {}, own);
    await dispatchAll();
    expect(await phones(own)).toEqual([PHONE]);
    const member = await memberOf(PHONE, own);
    if (!member) throw new Error("nobody is known by that phone");
    const sendOne = async () => {
      const message = {
        id: newId<MessageId>(),
        member,
        channel: "sms" as const,
        purpose: "marketing" as const,
        priority: 0,
        content: { in: "row" as const, content: { en: { text: "Hello" } } },
        variables: {},
        expiresAt: new Date(Date.now() + 3_600_000),
      };
      await engine(async (tx) => queueMessages(tx, own.workspace, [message], new Date()));
      await claim(own.workspace, "sms", 10, { worker: "w/1", provider: "p" });
      return engine((tx) =>
        tx.one(
          sql`SELECT state, reason, address FROM message WHERE workspace_id = ${own.workspace} AND id = ${message.id}`,
        ),
      );
    };
    expect(await sendOne()).toMatchObject({ state: "skipped", reason: "no_consent" });
    expect(
      await call(grantConsent, own.actor(), { member, channel: "sms", evidence: "signed at the till" }),
    ).toMatchObject({ ok: true });
    expect(await sendOne()).toMatchObject({ state: "claimed", reason: null, address: PHONE });
  });

  it("is reached where they say themselves, also when that was said before", async () => {
    const own = await shop();
    const identify = { userId: "u1", context: { externalIds }, traits: { phone: "13900139000" } };
    await post("/v1/track", order(1), {}, own);
    await dispatchAll();
    await post("/v1/identify", { ...identify, timestamp: "2020-01-01T00:00:00Z" }, {}, own);
    await dispatchAll();
    expect(await phones(own)).toEqual(["+8613900139000"]);
    await post("/v1/track", order(2), {}, own);
    await post("/v1/track", { event: "check_in", ...byMail, userId: "u1" }, {}, own);
    await dispatchAll();
    expect(await living(own)).toMatchObject([{ phone: "+8613900139000", email: "lin@example.com", orders: 2 }]);
  });

  it("is reached nowhere once they say that they have none", async () => {
    const own = await shop();
    await post("/v1/identify", { userId: "u1", context: { externalIds }, traits: { phone: null } }, {}, own);
    await post("/v1/track", order(1), {}, own);
    await dispatchAll();
    expect(await living(own)).toMatchObject([{ phone: null, orders: 1 }]);
  });

  it("has it to themselves: whoever names another's phone beside their own id is not reached there", async () => {
    const own = await shop();
    await post("/v1/track", order(1), {}, own);
    await post("/v1/track", { ...order(2), userId: "u2" }, {}, own);
    await dispatchAll();
    expect(await living(own)).toMatchObject([
      { phone: PHONE, orders: 1 },
      { phone: null, orders: 1 },
    ]);
  });

  it("is reached there though they were known before contacts at tills were read as such", async () => {
    const own = await shop();
    await post("/v1/track", order(1), {}, own);
    await post("/v1/track", { event: "check_in", ...byMail }, {}, own);
    await post("/v1/identify", { userId: "u1", traits: { phone: "13900139000" } }, {}, own);
    await post("/v1/identify", { userId: "u1", traits: { phone: null } }, {}, own);
    await dispatchAll();
    const before = await living(own);
    await engine(async (tx) => {
      await tx.run(sql`
        UPDATE member SET phone = NULL, email = NULL, attribute_times = attribute_times - '#email' - CASE WHEN orders > 0 THEN '#phone' ELSE '' END
        WHERE workspace_id = ${own.workspace}`);
      await tx.run(
        new Sql([readFileSync("prisma/migrations/20261129230000_contacts_known_at_tills/migration.sql", "utf8")], []),
      );
    });
    expect(await living(own)).toEqual(before);
    expect(before).toMatchObject([{ phone: PHONE }, { email: "lin@example.com" }, { phone: null, email: null }]);
  });
});

describe("a contact that its owner has no more", () => {
  it.each([
    ["at once", false],
    ["when all is dispatched", true],
  ])("is free for another user, %s", async (_, waits) => {
    const own = await shop();
    const say = async (userId: string, email: string | null) => {
      const answer = await post("/v1/identify", { userId, traits: { email } }, {}, own);
      if (waits) await dispatchAll();
      return answer.json();
    };
    await say("u1", "old@example.com");
    expect(await say("u2", "old@example.com")).toMatchObject({
      warnings: [{ path: "traits.email", code: "contact_taken" }],
    });
    await say("u1", "new@example.com");
    expect(await say("u2", "old@example.com")).toEqual({ success: true });
    expect(await memberOf("old@example.com", own)).toBe(await memberOf("u2", own));
    // Given up without another.
    await say("u2", null);
    expect(await say("u3", "old@example.com")).toEqual({ success: true });
    expect(await say("u1", "old@example.com")).toMatchObject({ warnings: [{ code: "contact_taken" }] });
    await dispatchAll();
    expect((await living(own)).map(({ email }) => email)).toEqual(["new@example.com", null, "old@example.com"]);
  });
});

describe("alias", () => {
  const alias = { userId: "new", previousId: "old" };
  it("makes two users one, whichever of the two was known", async () => {
    for (const known of [["old"], ["old", "new"], ["new"], []]) {
      const own = await shop();
      for (const [i, userId] of known.entries())
        await post(
          "/v1/track",
          { userId, event: "order_paid", properties: { order_id: `${i}`, amount: 100 } },
          {},
          own,
        );
      expect(await (await post("/v1/alias", alias, {}, own)).json()).toEqual({ success: true });
      await post("/v1/track", { userId: "old", event: "check_in" }, {}, known.includes("old") ? own : await shop());
      await dispatchAll();
      expect(await count("inbox", own)).toBe(0);
      expect(await living(own)).toMatchObject([{ orders: known.length, spent: 100 * known.length }]);
    }
  });
  it("does not join two users by a browser's word, and says so", async () => {
    const own = await shop();
    for (const userId of ["old", "new"]) await post("/v1/track", { userId, event: "check_in" }, {}, own);
    const answer = await post("/v1/alias", alias, { "accept-language": "zh-CN" }, await fromBrowser(own));
    expect(await answer.json()).toEqual({
      success: true,
      warnings: [{ path: "previousId", code: "not_joined", detail: expect.stringContaining("服务器写入密钥") }],
    });
    expect([await count("member", own), await count("identity", own)]).toEqual([2, 2]);
    expect(await codesOf(own)).toEqual(["not_joined previousId"]);
  });
});
