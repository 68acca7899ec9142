import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { createOffer } from "./create";
import { updateOffer } from "./update";

await database();

const terms = (until: string) => ({
  discount: { kind: "cash_voucher", amount: 500 },
  validity: { is: "fixed", until },
});
// In Shanghai it is the 22nd already.
const now = new Date("2026-11-21T17:00:00Z");

it("of an offer is today on the workspace's calendar or later, when it is made and when it is moved", async () => {
  const own = await shop();
  const make = (until: string) => call(createOffer, own.actor(), { name: "x", terms: terms(until) }, { now });
  const refused = { reason: "invalid", path: ["terms", "validity", "until"] };
  expect(await make("2020-01-01")).toMatchObject(refused);
  expect(await make("2026-11-21")).toMatchObject(refused);
  const made = await make("2026-11-22");
  if (!made.ok) throw new Error(made.detail);
  const change = (until: string, more: object, at: Date) =>
    call(updateOffer, own.actor(), { offer: made.value.id, terms: terms(until), ...more }, { now: at });
  expect(await change("2026-11-21", {}, now)).toMatchObject(refused);
  // Over meanwhile: what else it says can be changed, and it can be moved on.
  const later = new Date("2027-01-01T00:00:00Z");
  expect(await change("2026-11-22", { name: "y" }, later)).toMatchObject({ ok: true, value: { name: "y" } });
  expect(await change("2026-12-31", {}, later)).toMatchObject(refused);
  expect(await change("2027-01-01", {}, later)).toMatchObject({ ok: true });
});
