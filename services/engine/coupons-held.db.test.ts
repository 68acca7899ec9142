import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { issueCoupons } from "@/services/offers/issue";
import { voidCoupon } from "@/services/offers/void";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const give = (own: Shop, member: Awaited<ReturnType<typeof members>>[number]) =>
  engine((tx) => issueCoupons(tx, own.workspace, [{ member, offer: own.offer, source: "test" }], new Date()));
const tags = (own: Shop) =>
  peek(
    sql`SELECT member_id AS member, tag FROM member_tag WHERE workspace_id = ${own.workspace} ORDER BY tag, member_id`,
  );

it("chooses by the coupons a member can use now: of an offer or of any, also one that this run has just given", async () => {
  const own = await shop();
  const of = (id: string, when: object) =>
    [{ id, kind: "if", config: { when } }, "yes"] as [object, string] as Parameters<typeof line>[0][number];
  const journey = await liveJourney(
    own,
    line([
      of("none", { field: "member.coupons", is: "not_exists" }),
      tagged("t1", "had none"),
      [{ id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } }, "granted"],
      of("held", { field: "member.coupons", is: "contains", value: own.offer }),
      tagged("t2", "has one"),
    ]),
  );
  const [none, some, over] = await members(own, 3);
  if (!none || !some || !over) throw new Error("no members");
  await give(own, some);
  await give(own, over);
  await peek(
    sql`UPDATE coupon SET expires_at = now() - interval '1 hour' WHERE workspace_id = ${own.workspace} AND member_id = ${over}`,
  );
  await accept(
    own,
    [none, some, over].map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  expect(await tags(own)).toEqual(
    ["had none", "has one"].flatMap((tag) => [none, over].sort().map((member) => ({ member, tag }))),
  );
});

it("lets waits and segments notice a coupon given and withdrawn by hand", async () => {
  const own = await shop();
  const held = { field: "member.coupons", is: "contains", value: own.offer } as const;
  const wait = (when: object) =>
    line([[{ id: "until", kind: "wait-until", config: { when, within: "P7D" } }, "holds"]]);
  const [comes, goes] = [await liveJourney(own, wait(held)), await liveJourney(own, wait({ not: held }))];
  const made = await call(createSegment, own.actor(), { name: "Holders", rule: held });
  if (!made.ok) throw new Error(made.reason);
  while ((await segmentsTurn(own.workspace)) === "moved");
  const inside = () =>
    peek(sql`SELECT member_id AS member FROM segment_member WHERE workspace_id = ${own.workspace} AND is_in`);
  const [a, b] = await members(own, 2);
  if (!a || !b) throw new Error("no members");
  const [coupon] = await give(own, b);
  if (!coupon?.ok) throw new Error("no coupon");
  await dispatchAll();
  expect(await inside()).toEqual([{ member: b }]);
  await accept(
    own,
    [a, b].map((member) => ({ member, event: event("order_paid") })),
  );
  const settle = async () => {
    await dispatchAll();
    await conductAll(comes.shard);
    await conductAll(goes.shard);
    const of = async (id: typeof comes.id) =>
      Object.fromEntries((await runsOf(id)).map(({ member, state }) => [member, state]));
    return [await of(comes.id), await of(goes.id)];
  };
  expect(await settle()).toEqual([
    { [a]: "parked", [b]: "done" },
    { [a]: "done", [b]: "parked" },
  ]);
  await give(own, a);
  await call(voidCoupon, own.actor(), { coupon: coupon.coupon.code, reason: "test" });
  expect(await settle()).toEqual([
    { [a]: "done", [b]: "done" },
    { [a]: "done", [b]: "done" },
  ]);
  expect(await inside()).toEqual([{ member: a }]);
});
