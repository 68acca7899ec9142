import { expect, it } from "vitest";
import { stepId } from "../ids";
import { couponsBefore } from "./coupons-before";
import type { JourneyDocument } from "./document";
import { type Draft, readDraft } from "./draft";

const A = "00000000-0000-7000-8000-00000000000a";
const B = "00000000-0000-7000-8000-00000000000b";
const C = "00000000-0000-7000-8000-00000000000c";
const gives = (id: string, ...offers: string[]) => ({
  id,
  kind: "reward",
  config: { grants: offers.map((offer) => ({ is: "coupon", offer })) },
});

const journey = (nodes: JourneyDocument["nodes"], edges: [from: string, port: string, to: string][]) =>
  readDraft({
    name: "j",
    entry: "start",
    settings: { reentry: { is: "after_end" }, priority: 0 },
    nodes: [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, ...nodes],
    edges: edges.map(([from, port, to]) => ({ from, port, to })),
  });
const held = (draft: Draft, node: string) =>
  couponsBefore(draft, stepId(node, "start")).map(({ by, offers }) => [by, offers]);
const wait = (id: string) => ({ id, kind: "delay", config: { for: "P1D" } });

it("holds what every reward on the way gave, in their order", () => {
  const before = journey(
    [gives("one", A, B), gives("two", C), wait("then")],
    [
      ["start", "next", "one"],
      ["one", "granted", "two"],
      ["two", "granted", "then"],
    ],
  );
  expect(held(before, "one")).toEqual([[null, []]]);
  expect(held(before, "two")).toEqual([["one", [A, B]]]);
  expect(held(before, "then")).toEqual([["two", [A, B, C]]]);
});

it("tells apart by which reward a run comes, and the way on which none was given", () => {
  const before = journey(
    [gives("one", A), gives("two", B), wait("then")],
    [
      ["start", "next", "one"],
      ["one", "granted", "then"],
      ["one", "out_of_stock", "two"],
      ["two", "granted", "then"],
      ["two", "refused", "then"],
    ],
  );
  expect(held(before, "then")).toEqual([
    ["one", [A]],
    ["two", [B]],
    [null, []],
  ]);
});

it("comes to an end where a way leads back", () => {
  const before = journey(
    [gives("one", A), wait("then")],
    [
      ["start", "next", "one"],
      ["one", "granted", "then"],
      ["then", "next", "one"],
    ],
  );
  expect(held(before, "then")).toEqual([["one", [A]]]);
  expect(held(before, "one")).toEqual([
    [null, []],
    ["one", [A]],
  ]);
});
