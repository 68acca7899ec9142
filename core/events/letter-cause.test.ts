import { expect, it } from "vitest";
import { sayCause } from "./letter-cause";

it.each(["not_storable", "not_judged"] as const)("tells of %s what to do, without the words of Postgres", (code) => {
  const detail = 'index row size 6752 exceeds btree version 4 maximum 2704 for index "entry_pkey"';
  const says = sayCause({ code, facts: { event: "parcel_seen", detail } });
  expect(`${says.en} ${says["zh-CN"]}`).not.toMatch(/index|btree/);
  expect(says.en).toMatch(/: (correct|judge) /);
  expect(says["zh-CN"]).toMatch(/：请/);
});
