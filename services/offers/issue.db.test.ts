import { describe, expect, it } from "vitest";
import type { MemberId, OfferId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { issueCoupons } from "./issue";
import { planCoupons } from "./plan";
import { openShelf } from "./shelf";
import { countIssued } from "./stock";
import { writeCoupons } from "./write";

await database({ max: 24 });
const now = new Date("2026-11-22T04:00:00Z");

async function members(workspace: WorkspaceId, count: number): Promise<MemberId[]> {
  const ids = Array.from({ length: count }, () => newId<MemberId>());
  await engine((tx) =>
    tx.run(sql`INSERT INTO member (workspace_id, id) SELECT ${workspace}, id FROM unnest(${ids}::uuid[]) AS m (id)`),
  );
  return ids;
}

async function offerOf(
  workspace: WorkspaceId,
  {
    stock = null,
    perMember = null,
    state = "active",
    validity = { is: "days", days: 30 },
  }: Partial<{ stock: number | null; perMember: number | null; state: string; validity: unknown }> = {},
): Promise<OfferId> {
  const id = newId<OfferId>();
  const terms = OfferTerms.parse({ discount: { kind: "cash_voucher", amount: 500 }, validity });
  await engine(async (tx) => {
    await tx.run(
      sql`INSERT INTO offer (workspace_id, id, name, kind, terms, state, per_member) VALUES (${workspace}, ${id}, 'a test', 'cash_voucher', ${json(terms)}, ${state}, ${perMember})`,
    );
    await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${workspace}, ${id}, ${stock})`);
  });
  return id;
}

const standing = async (workspace: WorkspaceId, offer: OfferId) =>
  engine(async (tx) =>
    tx.one<{ coupons: number; issued: number }>(sql`
  SELECT (SELECT count(*) FROM coupon WHERE workspace_id = ${workspace} AND offer_id = ${offer} AND state <> 'void') AS coupons, issued
  FROM offer_stock WHERE workspace_id = ${workspace} AND offer_id = ${offer}`),
  );

describe("issuing coupons", () => {
  it("gives a stock of 100 to exactly 100 of 1,000 members, from 20 transactions at once", async () => {
    const { workspace, offer } = await shop({ stock: 100, perMember: 1 });
    const all = await members(workspace, 1_000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        write(workspace, (tx) =>
          issueCoupons(
            tx,
            workspace,
            all.slice(i * 50, (i + 1) * 50).map((member) => ({ member, offer, source: "test" })),
            now,
          ),
        ),
      ),
    );
    const given = answers.flat().flatMap((one) => (one.ok ? [one.coupon.code] : []));
    expect(new Set(given).size).toBe(100);
    expect(answers.flat().filter((one) => !one.ok && one.reason === "out_of_stock")).toHaveLength(900);
    expect(await standing(workspace, offer)).toEqual({ coupons: 100, issued: 100 });
  });

  it("counts one member's coupons under 20 transactions at once and never passes the cap", async () => {
    const { workspace, offer } = await shop({ perMember: 3 });
    const [member] = await members(workspace, 1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        write(workspace, (tx) =>
          issueCoupons(tx, workspace, [{ member: member as MemberId, offer, source: "test" }], now),
        ),
      ),
    );
    expect(answers.flat().filter((one) => one.ok)).toHaveLength(3);
    expect(answers.flat().filter((one) => !one.ok && one.reason === "over_cap")).toHaveLength(17);
  });

  it("answers in the order of the grants and serves the earlier first", async () => {
    const { workspace, offer } = await shop({ stock: 2 });
    const three = await members(workspace, 3);
    const answers = await write(workspace, (tx) =>
      issueCoupons(
        tx,
        workspace,
        three.map((member) => ({ member, offer, source: "test" })),
        now,
      ),
    );
    expect(answers.map((one) => (one.ok ? "given" : one.reason))).toEqual(["given", "given", "out_of_stock"]);
    const owner = await engine((tx) =>
      tx.rows<{ member_id: string; code: string }>(
        sql`SELECT member_id, code FROM coupon WHERE workspace_id = ${workspace} ORDER BY id`,
      ),
    );
    expect(owner.map((row) => row.member_id)).toEqual(three.slice(0, 2));
    expect(owner.map((row) => row.code)).toEqual(answers.flatMap((one) => (one.ok ? [one.coupon.code] : [])));
  });

  it("gives a reward of two coupons whole or not at all, and leaves the stock of the other as it was", async () => {
    const { workspace, offer } = await shop();
    const scarce = await offerOf(workspace, { stock: 1 });
    const two = await members(workspace, 2);
    const answers = await write(workspace, (tx) =>
      issueCoupons(
        tx,
        workspace,
        two.flatMap((member, i) =>
          [offer, scarce].map((one) => ({ member, offer: one, source: "test", together: String(i) })),
        ),
        now,
      ),
    );
    expect(answers.map((one) => one.ok)).toEqual([true, true, false, false]);
    expect(await standing(workspace, offer)).toEqual({ coupons: 1, issued: 1 });
    expect(await standing(workspace, scarce)).toEqual({ coupons: 1, issued: 1 });
  });

  it("issues nothing of a paused offer, of one that is over, or of another workspace", async () => {
    const { workspace } = await shop();
    const stranger = await shop();
    const [member] = await members(workspace, 1);
    const offers = [
      await offerOf(workspace, { state: "paused" }),
      await offerOf(workspace, { validity: { is: "fixed", until: "2026-11-21" } }),
      stranger.offer,
      "no id" as OfferId,
    ];
    const answers = await write(workspace, (tx) =>
      issueCoupons(
        tx,
        workspace,
        offers.map((offer) => ({ member: member as MemberId, offer, source: "test" })),
        now,
      ),
    );
    expect(answers).toEqual(
      ["offer_inactive", "offer_inactive", "not_found", "not_found"].map((reason) => ({ ok: false, reason })),
    );
  });

  it("writes nothing when it only plans, and afterwards only what was kept", async () => {
    const { workspace, offer } = await shop({ stock: 5 });
    const three = await members(workspace, 3);
    await write(workspace, async (tx) => {
      const shelf = await openShelf(tx, workspace, [offer]);
      const planned = await planCoupons(
        tx,
        workspace,
        three.map((member) => ({ member, offer, source: "test" })),
        now,
        shelf,
      );
      const kept = planned.filter((plan) => plan.ok).slice(1);
      expect(await tx.rows(sql`SELECT id FROM coupon WHERE workspace_id = ${workspace}`)).toEqual([]);
      await writeCoupons(tx, workspace, kept, now, shelf);
      countIssued(tx, workspace, shelf.counted);
    });
    expect(await standing(workspace, offer)).toEqual({ coupons: 2, issued: 2 });
  });

  it("goes through without a deadlock when legs take their offers in opposite orders, stocks being locked first", async () => {
    const { workspace, offer } = await shop({ stock: 10_000 });
    const other = await offerOf(workspace, { stock: 10_000 });
    const all = await members(workspace, 40);
    let tries = 0;
    await Promise.all(
      all.map((member, i) =>
        write(workspace, async (tx) => {
          tries++;
          const shelf = await openShelf(tx, workspace, [offer, other]);
          for (const one of i % 2 ? [offer, other] : [other, offer])
            await issueCoupons(tx, workspace, [{ member, offer: one, source: "test" }], now, shelf);
          countIssued(tx, workspace, shelf.counted);
        }),
      ),
    );
    expect(tries).toBe(40);
    expect(await standing(workspace, offer)).toEqual({ coupons: 40, issued: 40 });
    expect(await standing(workspace, other)).toEqual({ coupons: 40, issued: 40 });
  });
});
