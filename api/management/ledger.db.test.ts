import type { FastifyInstance } from "fastify";
import { afterAll, describe, expect, it } from "vitest";
import { buildServer } from "@/api/server";
import { call } from "@/services/access/use-case";
import { issueOffer } from "@/services/offers/issue-offer";
import { redeem } from "@/services/offers/redeeming/redeem";
import { voidCoupon } from "@/services/offers/void";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

await database({ max: 24 });
const app: FastifyInstance = await buildServer();
afterAll(() => app.close());

type Method = "GET" | "POST" | "PATCH" | "DELETE";
type Answer = { status: number; body: Record<string, unknown>; type: string };
async function ask(
  place: Shop,
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${place.apiKey}`, ...headers },
    ...(body !== undefined && { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.json(), type: String(answer.headers["content-type"]) };
}

/** One of everything in a workspace, made through the API. */
async function furnished() {
  const place = await shop();
  const [member] = await members(place, 1);
  const issued = await ask(place, "POST", `/offers/${place.offer}/issue`, { member });
  const used = await ask(place, "POST", `/offers/${place.offer}/issue`, { member });
  const redeemed = await ask(place, "POST", "/redemptions/confirm", { code: used.body.code, amount: 10_000 });
  const segment = await ask(place, "POST", "/segments", { name: "All", rule: { all: [] } });
  return {
    place,
    member: String(member),
    coupon: String(issued.body.id),
    code: String(issued.body.code),
    redemption: String(redeemed.body.id),
    segment: String(segment.body.id),
  };
}

describe("the ledger over HTTP", () => {
  it("makes an offer, issues, evaluates, redeems under an Idempotency-Key, cancels, and shows it all", async () => {
    const place = await shop();
    const [member] = await members(place, 1);
    const offer = await ask(place, "POST", "/offers", {
      name: "20 off 100",
      stock: 10,
      perMember: 1,
      terms: { discount: { kind: "amount_off", threshold: 10_000, amount: 2_000 }, validity: { is: "days", days: 30 } },
    });
    expect(offer).toMatchObject({
      status: 200,
      body: { kind: "amount_off", stock: 10, issued: 0, redeemed: 0, state: "active" },
    });
    const coupon = await ask(place, "POST", `/offers/${offer.body.id}/issue`, { member });
    expect(coupon).toMatchObject({ status: 200, body: { state: "issued", member, name: "20 off 100" } });
    const basket = { amount: 18_850, store: place.storeCode };
    expect(await ask(place, "POST", "/redemptions/evaluate", { member, ...basket })).toMatchObject({
      status: 200,
      body: { best: { discount: 2_000, payable: 16_850 } },
    });
    const confirm = () =>
      ask(
        place,
        "POST",
        "/redemptions/confirm",
        { code: coupon.body.code, ...basket, orderRef: "A-1" },
        { "idempotency-key": "k1" },
      );
    const [first, again] = [await confirm(), await confirm()];
    expect(first).toMatchObject({ status: 200, body: { state: "confirmed", payable: 16_850, orderRef: "A-1" } });
    expect(again).toEqual(first);
    expect(await ask(place, "POST", "/redemptions/confirm", { code: coupon.body.code, ...basket })).toMatchObject({
      status: 409,
      type: expect.stringContaining("application/problem+json"),
      body: { code: "coupon_redeemed" },
    });
    expect(await ask(place, "GET", `/offers/${offer.body.id}`)).toMatchObject({ body: { issued: 1, redeemed: 1 } });
    expect(await ask(place, "POST", `/redemptions/${first.body.id}/cancel`, {})).toMatchObject({
      status: 200,
      body: { state: "cancelled" },
    });
    expect(await ask(place, "GET", `/coupons/${coupon.body.code}`)).toMatchObject({ body: { state: "issued" } });
    expect(await ask(place, "POST", `/members/${member}/points/earn`, { points: 100, reason: "gift" })).toMatchObject({
      status: 200,
      body: { balance: 100 },
    });
    expect(await ask(place, "GET", `/members/${member}/points`)).toMatchObject({ body: { balance: 100 } });
    expect(await ask(place, "GET", `/members/${member}/timeline?limit=2`)).toMatchObject({
      body: { items: [{ what: "points" }, { what: "redemption" }], next: expect.any(String) },
    });
    expect(await ask(place, "GET", "/points/verify")).toMatchObject({ body: { accounts: 1, findings: [] } });
  });

  it("finds nothing of another workspace by any route", async () => {
    const { place, member, coupon, code, redemption, segment } = await furnished();
    const stranger = await shop();
    const basket = { amount: 10_000 };
    const routes: [Method, string, unknown?][] = [
      ["GET", `/offers/${place.offer}`],
      ["PATCH", `/offers/${place.offer}`, { name: "mine" }],
      ["POST", `/offers/${place.offer}/issue`, { member }],
      ["GET", `/coupons/${coupon}`],
      ["GET", `/coupons/${code}`],
      ["POST", `/coupons/${coupon}/void`, { reason: "x" }],
      ["POST", "/redemptions/evaluate", { code, ...basket }],
      ["POST", "/redemptions/evaluate", { member, ...basket }],
      ["POST", "/redemptions/confirm", { code, ...basket }],
      ["GET", `/redemptions/${redemption}`],
      ["POST", `/redemptions/${redemption}/cancel`, {}],
      ["GET", `/members/${member}`],
      ["GET", `/members/${member}/timeline`],
      ["GET", `/members/${member}/points`],
      ["GET", `/members/${member}/points/entries`],
      ["POST", `/members/${member}/points/earn`, { points: 1, reason: "x" }],
      ["POST", `/members/${member}/points/spend`, { points: 1, reason: "x" }],
      ["POST", `/members/${member}/tags`, { tags: ["x"] }],
      ["DELETE", `/members/${member}/tags/x`],
      ["POST", `/members/${member}/consents`, { channel: "sms", evidence: "x" }],
      ["POST", `/members/${member}/consents/withdraw`, { channel: "sms" }],
      ["GET", `/segments/${segment}`],
      ["PATCH", `/segments/${segment}`, { name: "mine" }],
      ["POST", "/segments/count", { segment }],
      ["POST", "/segments/sample", { segment }],
    ];
    for (const [method, path, body] of routes)
      expect({ path, ...(await ask(stranger, method, path, body)) }).toMatchObject({
        path,
        status: 404,
        body: { code: "not_found" },
      });
    for (const path of [
      "/members",
      "/coupons",
      "/redemptions",
      "/segments",
      "/runs",
      "/messages",
      "/tags",
      "/suppressions",
      `/coupons?member=${member}`,
      `/runs?member=${member}`,
    ])
      expect({ path, ...(await ask(stranger, "GET", path)) }).toMatchObject({ path, status: 200, body: { items: [] } });
    expect(await ask(place, "GET", `/members/${member}`)).toMatchObject({
      status: 200,
      body: { coupons: { usable: 1, redeemed: 1 }, tags: [], consents: [{}, {}, {}] },
    });
  });

  const discount = { kind: "amount_off", amount: 500 };
  const validity = { is: "days", days: 30 };
  it.each<[string, Method, string, unknown, number, string, string | undefined]>([
    ["an offer without terms", "POST", "/offers", { name: "x" }, 400, "invalid", "terms"],
    [
      "a kind that is none",
      "POST",
      "/offers",
      { name: "x", terms: { discount: { kind: "free" }, validity } },
      400,
      "invalid",
      "terms.discount.kind",
    ],
    [
      "120 % off",
      "POST",
      "/offers",
      { name: "x", terms: { discount: { kind: "percent_off", percent: 120 }, validity } },
      400,
      "invalid",
      "terms.discount.percent",
    ],
    [
      "half a fen off",
      "POST",
      "/offers",
      { name: "x", terms: { discount: { kind: "amount_off", amount: 0.5 }, validity } },
      400,
      "invalid",
      "terms.discount.amount",
    ],
    [
      "no days",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity: { is: "days", days: 0 } } },
      400,
      "invalid",
      "terms.validity.days",
    ],
    [
      "a day that is none",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity: { is: "fixed", until: "2026-02-30" } } },
      400,
      "invalid",
      "terms.validity.until",
    ],
    [
      "a last day that is over",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity: { is: "fixed", until: "2020-01-01" } } },
      400,
      "invalid",
      "terms.validity.until",
    ],
    [
      "a first day after the last",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity: { is: "fixed", from: "2026-03-02", until: "2026-03-01" } } },
      400,
      "invalid",
      "terms.validity.until",
    ],
    [
      "a store of nobody",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity, stores: ["0192f0c1-0000-7000-8000-000000000001"] } },
      404,
      "not_found",
      "terms.stores[0]",
    ],
    [
      "a stock below nothing",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity }, stock: -1 },
      400,
      "invalid",
      "stock",
    ],
    [
      "a field that is none",
      "POST",
      "/offers",
      { name: "x", terms: { discount, validity }, colour: "red" },
      400,
      "invalid",
      undefined,
    ],
    ["an offer that is no id", "GET", "/offers/42", undefined, 400, "invalid", "offer"],
    [
      "points of nothing",
      "POST",
      "/members/0192f0c1-0000-7000-8000-000000000001/points/earn",
      { points: 0, reason: "x" },
      400,
      "invalid",
      "points",
    ],
    [
      "points for nobody",
      "POST",
      "/members/0192f0c1-0000-7000-8000-000000000001/points/earn",
      { points: 1, reason: "x" },
      404,
      "not_found",
      "member",
    ],
    ["a code of the wrong length", "GET", "/coupons/ABC", undefined, 404, "not_found", undefined],
    ["a body that is no object", "POST", "/segments", [], 400, "invalid", undefined],
    [
      "a rule with an operator that is none",
      "POST",
      "/segments/count",
      { rule: { field: "member.tier", is: "like", value: "g%" } },
      400,
      "invalid",
      undefined,
    ],
    ["neither rule nor segment", "POST", "/segments/count", {}, 400, "invalid", "rule"],
    ["a run that is no id", "GET", "/runs/x", undefined, 400, "invalid", "run"],
    ["a page of 1,000", "GET", "/messages?limit=1000", undefined, 400, "invalid", "limit"],
  ])("answers %s with problem+json", async (_, method, path, body, status, code, place) => {
    const answer = await ask(await shop(), method, path, body);
    expect(answer).toMatchObject({
      status,
      type: expect.stringContaining("application/problem+json"),
      body: { code, ...(place !== undefined && { path: place }) },
    });
  });

  it("lets a cashier redeem, and neither issue nor void", async () => {
    const { actor, offer } = await shop();
    expect(await call(issueOffer, actor("cashier"), { offer, member: offer })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    expect(await call(voidCoupon, actor("cashier"), { coupon: "x", reason: "x" })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    expect(await call(redeem, actor("cashier"), { code: "x", amount: 1 })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
  });

  it("describes every route of the ledger in OpenAPI", async () => {
    const answer = await app.inject({ method: "GET", url: "/docs/json" });
    expect(answer.statusCode).toBe(200);
    const { paths } = answer.json() as { paths: Record<string, unknown> };
    for (const path of [
      "/offers/{offer}/issue",
      "/redemptions/confirm",
      "/redemptions/{redemption}/cancel",
      "/members/{member}/timeline",
      "/segments/count",
      "/runs/{run}",
      "/messages/{message}",
      "/points/verify",
    ])
      expect(Object.keys(paths)).toContain(`/api/v1${path}`);
  });
});
