import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import type { Outcome } from "@/core/refusals";
import type { RunVars } from "@/core/rules/facts";
import { LOCALES, type Locale } from "@/core/text";
import { engine, peek, query, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { loadMembers } from "@/services/members/load";
import { fillIn } from "@/services/messages/content/fill-in";
import { scopeOf, surroundings } from "@/services/messages/content/scope-of";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { createOffer } from "./create";
import { getOffer } from "./get";
import { issueOffer } from "./issue-offer";
import { listOffers } from "./list";
import { updateOffer } from "./update";

await database();

const BOTH = { en: "Sea salt latte", "zh-CN": "海盐拿铁" };
const terms = {
  discount: { kind: "cash_voucher", amount: 500 },
  validity: { is: "days", days: 30 },
  note: { en: "Dine in only", "zh-CN": "仅限堂食" },
};

function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail ?? ""}`);
  return outcome.value;
}
const make = async (own: Shop, name: unknown) => done(await call(createOffer, own.actor(), { name, terms }));
const list = async (own: Shop, query: object) => done(await call(listOffers, own.actor(), query));

it("is kept in each language, with the workspace's for everybody else; a plain name takes the place of all", async () => {
  const own = await shop();
  const { id, ...made } = await make(own, BOTH);
  expect(made).toMatchObject({ name: BOTH["zh-CN"], names: BOTH, terms: { note: terms.note } });
  const one = { en: "Latte" };
  expect(done(await call(updateOffer, own.actor(), { offer: id, name: one }))).toMatchObject({
    name: "Latte",
    names: one,
  });
  expect(done(await call(updateOffer, own.actor(), { offer: id, state: "paused" }))).toMatchObject({ names: one });
  expect(done(await call(updateOffer, own.actor(), { offer: id, name: "拿铁" }))).toMatchObject({
    name: "拿铁",
    names: {},
  });
  expect(done(await call(getOffer, own.actor(), { offer: id }))).toMatchObject({ name: "拿铁", names: {} });
});

it("is found by its letters in any language, and sorted by the names that the reader sees", async () => {
  const own = await shop();
  for (const name of [BOTH, { en: "Apple tart", "zh-CN": "苹果挞" }, "Zebra cake"]) await make(own, name);
  const namesOf = async (query: object) => (await list(own, query)).items.map(({ name }) => name);
  expect(await namesOf({ q: "SALT" })).toEqual(["海盐拿铁"]);
  expect(await namesOf({ q: "海盐" })).toEqual(["海盐拿铁"]);
  expect(await namesOf({ q: "zebra" })).toEqual(["Zebra cake"]);

  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = { sort: "name", order: "asc", language: "en", limit: 2, ...(cursor && { cursor }) };
    const { items, next } = await list(own, query);
    pages.push(...items.map(({ name, names }) => names.en ?? name));
    cursor = next;
  }
  expect(pages).toEqual(["20 off 100", "Apple tart", "Sea salt latte", "Zebra cake"]);
});

it("stands on the coupon, and in each member's message in the message's language", async () => {
  const own = await shop();
  const { id: offer } = await make(own, BOTH);
  const [member] = (await members(own, 1)) as [MemberId];
  expect(done(await call(issueOffer, own.actor(), { offer, member }))).toMatchObject({ names: BOTH });

  const grants = [{ is: "coupon", offer }];
  const journey = await liveJourney(own, line([[{ id: "gift", kind: "reward", config: { grants } }, "granted"]]));
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  await dispatchAll({ carries: false });
  await conductAll(journey.shard);
  const [run] = await peek<{ vars: RunVars }>(sql`SELECT vars FROM run WHERE journey_id = ${journey.id}`);
  expect(run?.vars.gift?.coupon).toMatchObject({ name: BOTH["zh-CN"], names: BOTH });

  const around = await surroundings(own.workspace);
  const facts = (await query(own.workspace, (tx) => loadMembers(tx, own.workspace, [member]))).get(member);
  if (!facts || !run) throw new Error("nobody");
  const said = async (locale: Locale) => {
    const message = { channel: "sms", purpose: "service", variables: run.vars, entry: null } as const;
    const scope = scopeOf(around, facts, message, locale, new Date());
    return done(await fillIn("sms", { text: "{{ coupon.name }}!" }, scope, "service"));
  };
  for (const locale of LOCALES) expect(await said(locale)).toEqual({ text: `${BOTH[locale]}!` });
});

it("that an offer had before there were languages is what everybody reads", async () => {
  const own = await shop();
  await engine((tx) => tx.run(sql`UPDATE offer SET name = '五元券' WHERE workspace_id = ${own.workspace}`));
  expect((await list(own, { sort: "name", language: "en" })).items).toMatchObject([{ name: "五元券", names: {} }]);
});

it("is found by the code of one of its coupons, as it is read out, and by its id; by no other workspace's", async () => {
  const [own, other] = [await shop(), await shop()];
  const [{ id: offer }] = [await make(own, BOTH), await make(own, "Another")];
  const [member] = (await members(own, 1)) as [MemberId];
  const { code } = done(await call(issueOffer, own.actor(), { offer, member }));
  const idsOf = async (of: Shop, query: object) => (await list(of, query)).items.map(({ id }) => id);
  expect(await idsOf(own, { q: `${code.slice(0, 4)}-${code.slice(4).toLowerCase()}` })).toEqual([offer]);
  expect(await idsOf(own, { ids: offer })).toEqual([offer]);
  expect(await idsOf(other, { q: code })).toEqual([]);
  expect(await idsOf(other, { ids: offer })).toEqual([]);
  expect(await call(listOffers, own.actor(), { ids: "nonsense" })).toMatchObject({ ok: false, reason: "invalid" });
});
