import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { createOffer } from "./create";
import { updateOffer } from "./update";

await database();

const terms = { discount: { kind: "cash_voucher", amount: 500 }, validity: { is: "days", days: 30 } };

it("refuses a change whose maker saw something else than what is stored, and lets two change different things", async () => {
  const own = await shop();
  const { id: offer } = value(await call(createOffer, own.actor(), { name: { en: "Latte" }, terms, stock: 10 }));
  const change = (changes: object) => call(updateOffer, own.actor(), { offer, ...changes });
  value(await change({ stock: 20, was: { stock: 10 } }));
  expect(await change({ stock: 30, was: { stock: 10 } })).toMatchObject({ reason: "conflict", path: ["was", "stock"] });
  value(await change({ stock: 20, was: { stock: 10 } }));
  value(await change({ name: { en: "Flat white" }, was: { name: { en: "Latte" } } }));
  expect(await change({ name: "Mocha", was: { name: { en: "Latte" } } })).toMatchObject({ path: ["was", "name"] });
  const longer = { ...terms, validity: { is: "days", days: 60 } };
  value(await change({ terms: longer, was: { terms } }));
  const refused = await change({ terms: { ...terms, stackable: true }, perMember: 1, was: { terms, perMember: null } });
  expect(refused).toMatchObject({ reason: "conflict", path: ["was", "terms"] });
  expect(value(await change({}))).toMatchObject({
    names: { en: "Flat white" },
    stock: 20,
    perMember: null,
    terms: longer,
  });
});
