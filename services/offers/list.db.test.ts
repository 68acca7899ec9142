import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { createOffer } from "./create";
import { issueOffer } from "./issue-offer";
import { listOffers } from "./list";

await database();
const terms = { discount: { kind: "cash_voucher", amount: 500 }, validity: { is: "days", days: 30 } };

it("sorts offers by how many coupons were issued and used, page by page, each once", async () => {
  const own = await shop();
  const [lin, wang] = await members(own, 2);
  const made: string[] = [];
  for (const [name, to] of [
    ["to none", []],
    ["to both", [lin, wang]],
    ["to one", [lin]],
  ] as const) {
    const { id } = value(await call(createOffer, own.actor(), { name, terms }));
    made.push(id);
    for (const member of to) value(await call(issueOffer, own.actor(), { offer: id, member }));
  }
  const [none, both, one] = made;
  await peek(
    sql`INSERT INTO offer_redeemed (workspace_id, offer_id, shard, count) VALUES (${own.workspace}, ${one}::uuid, 0, 2), (${own.workspace}, ${one}::uuid, 1, 5), (${own.workspace}, ${both}::uuid, 0, 3)`,
  );
  const list = async (query: object) => value(await call(listOffers, own.actor(), query));
  const inOrder = async (query: object) => {
    const first = await list({ ...query, limit: "2" });
    const rest = await list({ ...query, limit: "200", cursor: first.next });
    expect(rest.next).toBeNull();
    return [...first.items, ...rest.items].map(({ id }) => id).filter((id) => made.includes(id));
  };
  expect(await inOrder({ sort: "issued" })).toEqual([both, one, none]);
  expect(await inOrder({ sort: "issued", order: "asc" })).toEqual([none, one, both]);
  expect(await inOrder({ sort: "redeemed" })).toEqual([one, both, none]);
});
