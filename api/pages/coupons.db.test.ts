import { afterAll, expect, it } from "vitest";
import type { CouponId, MemberId } from "@/core/ids";
import { engine, json, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { couponLink, signCoupon } from "@/services/offers/coupon-link";
import { issueCoupons } from "@/services/offers/issue";
import { redeem } from "@/services/offers/redeeming/redeem";
import { voidCoupon } from "@/services/offers/void";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "../server";

await database();
const app = await buildServer();
afterAll(() => app.close());

async function issued(own: Shop): Promise<{ id: CouponId; code: string; member: MemberId }> {
  const [member] = (await members(own, 1)) as [MemberId];
  const [one] = await engine((tx) =>
    issueCoupons(tx, own.workspace, [{ member, offer: own.offer, source: "test" }], new Date()),
  );
  if (!one?.ok) throw new Error("no coupon");
  return { id: one.coupon.id, code: one.coupon.code, member };
}
const open = (path: string, language = "en") => app.inject({ url: path, headers: { "accept-language": language } });
const pathOf = (own: Shop, coupon: string) => new URL(couponLink(own.workspace, coupon)).pathname;
const spaced = (code: string) => code.replace(/(.{4})(?=.)/g, "$1 ");

it("shows what a coupon gives, its code in letters and as a symbol, and until when, and nothing of whose it is", async () => {
  const own = await shop();
  const coupon = await issued(own);
  const english = await open(pathOf(own, coupon.id));
  expect(english.statusCode).toBe(200);
  expect(english.headers).toMatchObject({
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  for (const words of ["20 off 100", "¥20 off an order of ¥100 or more", spaced(coupon.code), "Valid until", "<svg"])
    expect(english.body).toContain(words);
  for (const secret of ["Member 1", "+86138", "@example.com", coupon.member])
    expect(english.body).not.toContain(secret);
  expect((await open(pathOf(own, coupon.id), "zh-CN")).body).toContain("满¥100减¥20");
});

it("says why a coupon cannot be used, and shows no symbol then", async () => {
  const own = await shop();
  const told = async (coupon: string) => {
    const { body } = await open(pathOf(own, coupon));
    expect(body).not.toContain("<svg");
    return /role="status">([^<]*)/.exec(body)?.[1];
  };
  const used = await issued(own);
  value(await call(redeem, own.actor(), { code: used.code, amount: 20_000 }));
  expect(await told(used.id)).toMatch(/^Used on /);
  const withdrawn = await issued(own);
  value(await call(voidCoupon, own.actor(), { coupon: withdrawn.code, reason: "test" }));
  expect(await told(withdrawn.id)).toBe("Withdrawn: it cannot be used");
  const past = await issued(own);
  await engine((tx) => tx.run(sql`UPDATE coupon SET expires_at = now() - interval '1 second' WHERE id = ${past.id}`));
  expect(await told(past.id)).toMatch(/^Expired on /);
  const early = await issued(own);
  await engine((tx) =>
    tx.run(
      sql`UPDATE offer SET terms = terms || ${json({ validity: { is: "fixed", from: "2999-01-01", until: "2999-12-31" } })}::jsonb WHERE workspace_id = ${own.workspace}`,
    ),
  );
  expect(await told(early.id)).toMatch(/^Not valid yet: from .*2999/);
});

it("writes an offer's name, note and stores as text, whatever they hold", async () => {
  const own = await shop();
  const coupon = await issued(own);
  await engine(async (tx) => {
    await tx.run(sql`UPDATE store SET name = '<i>Riverside' WHERE workspace_id = ${own.workspace}`);
    await tx.run(sql`
      UPDATE offer SET name = '<script>x', terms = terms || ${json({ note: "<b>Dine in", stores: [own.store] })}::jsonb WHERE workspace_id = ${own.workspace}`);
  });
  const { body } = await open(pathOf(own, coupon.id));
  for (const hostile of ["<script>x", "<b>Dine", "<i>River"]) expect(body).not.toContain(hostile);
  expect(body).toContain("&#60;i&#62;Riverside");
});

it("opens for no forged, cut off or foreign link, and for no coupon that was only pretended", async () => {
  const [own, other] = [await shop(), await shop()];
  const { id, code } = await issued(own);
  const token = signCoupon(own.workspace, id);
  for (const bad of [code, id, token.slice(0, -2), signCoupon(other.workspace, id), "sample"]) {
    const answer = await open(`/c/${bad}`);
    expect([answer.statusCode, answer.body.includes(code)]).toEqual([404, false]);
  }
  expect(couponLink(own.workspace, "SAMPLE-0001")).toMatch(/\/c\/sample$/);
});
