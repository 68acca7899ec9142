import { describe, expect, it } from "vitest";
import { ONCE_PREFILLED } from "../message/prefilled";
import { LOCALES } from "../text";
import { OFFER } from "./big-order-harness";
import { after, found, fresh, leaf, type Raw, set } from "./problems-harness";

it("finds nothing wrong with a good journey", () => {
  expect(found(fresh(), { offers: [{ id: OFFER, name: "20 off 100", standing: "active" }] })).toEqual([]);
});

describe.each<[string, (draft: Raw) => void, string[]]>([
  [
    "without a trigger",
    (d) => {
      d.entry = "nobody";
    },
    ["entry_missing"],
  ],
  [
    "that begins at no trigger",
    (d) => {
      d.entry = "gold";
    },
    ["entry_no_trigger gold"],
  ],
  [
    "with a second trigger",
    (d) => {
      d.nodes.push({ id: "too", kind: "on-event", config: { event: "check_in", when: { all: [] } } });
    },
    ["trigger_twice too"],
  ],
  [
    "with a line into its trigger",
    (d) => {
      d.edges.push({ from: "user", port: "next", to: "paid" });
    },
    ["edge_into_trigger paid"],
  ],
  [
    "with nothing after its trigger",
    (d) => {
      d.nodes = d.nodes.slice(0, 1);
      d.edges = [];
    },
    ["trigger_unwired paid"],
  ],
  [
    "with two nodes of one id",
    (d) => {
      d.nodes.push({ id: "user", kind: "goal", config: {} });
    },
    ["node_id_twice"],
  ],
  [
    "with a line from nowhere",
    (d) => {
      d.edges.push({ from: "ghost", port: "next", to: "user" });
    },
    ["edge_dangling"],
  ],
  [
    "with a line to nowhere",
    (d) => {
      d.edges.push({ from: "user", port: "next", to: "ghost" });
    },
    ["edge_dangling user"],
  ],
  [
    "with two lines out of one port",
    (d) => {
      d.edges.push({ from: "used", port: "happened", to: "nudge" });
    },
    ["port_twice used"],
  ],
  [
    "with a line out of a port that the kind has not",
    (d) => {
      d.edges.push({ from: "gold", port: "maybe", to: "user" });
    },
    ["port_unknown gold"],
  ],
  [
    "with a node of an unknown kind",
    (d) => {
      d.nodes.push({ id: "x", kind: "telepathy", config: {} });
      d.edges.push({ from: "user", port: "next", to: "x" });
    },
    ["kind_unknown x"],
  ],
  [
    "with a node that no way leads to",
    (d) => {
      d.nodes.push({ id: "x", kind: "goal", config: {} });
    },
    ["node_unreachable x"],
  ],
  [
    "with a loop that never waits",
    (d) => {
      d.edges.push({ from: "five", port: "refused", to: "gold" });
    },
    ["cycle_without_wait gold"],
  ],
  [
    "with a config that does not fit",
    (d) => {
      set(d, "used", { within: "a week" });
    },
    ["config_invalid used"],
  ],
  [
    "with a config field that nobody knows",
    (d) => {
      set(d, "user", { colour: "red" });
    },
    ["config_invalid user"],
  ],
  [
    "whose if reads an event where there is none",
    (d) => {
      set(d, "gold", { when: leaf("event.amount", "gt", 1) });
    },
    ["field_no_event gold"],
  ],
  [
    "whose trigger asks about the run",
    (d) => {
      set(d, "paid", { when: leaf("coupon.id", "exists") });
    },
    ["field_no_run paid"],
  ],
  [
    "whose rule reads a field that members do not have",
    (d) => {
      set(d, "gold", { when: { not: leaf("member.shoe_size", "gt", 40) } });
    },
    ["field_unknown gold"],
  ],
  [
    "whose rule names the coupon of no node",
    (d) => {
      set(d, "used", { when: leaf("event.coupon_id", "eq", { field: "coupon.of.ghost.id" }) });
    },
    ["field_unknown used", "coupon_not_issued used"],
  ],
  [
    "whose rule names a third coupon of a node that gives fewer",
    (d) => {
      set(d, "used", { when: leaf("event.coupon_id", "eq", { field: "coupon.of.five.3.id" }) });
    },
    ["coupon_not_issued used"],
  ],
  [
    "whose rule compares a tier by size",
    (d) => {
      set(d, "gold", { when: leaf("member.tier", "gt", "gold") });
    },
    ["operator_unfit gold"],
  ],
  [
    "whose rule compares money with a text",
    (d) => {
      set(d, "gold", { when: leaf("member.spent", "gte", "100") });
    },
    ["value_unfit gold"],
  ],
  [
    "whose message names a coupon that was refused",
    (d) => {
      d.edges.push({ from: "five", port: "out_of_stock", to: "sms" });
    },
    ["coupon_not_issued sms", "coupon_not_issued used"],
  ],
  [
    "whose message comes before the reward",
    (d) => {
      d.edges = d.edges.map((e) => (e.from === "paid" ? { ...e, to: "sms" } : e));
    },
    [
      "coupon_not_issued sms",
      "node_unreachable gold",
      "node_unreachable both",
      "node_unreachable five",
      "coupon_not_issued used",
    ],
  ],
  [
    "whose message has no content for its channel",
    (d) => {
      set(d, "sms", { channel: "email" });
    },
    ["content_missing sms"],
  ],
  [
    "whose message speaks one language",
    (d) => {
      set(d, "nudge", { content: { push: { en: { title: "Hi", body: "" } } } });
    },
    ["language_missing nudge"],
  ],
  ["whose message nobody has written", (d) => set(d, "sms", { content: {} }), ["content_missing sms"]],
  [
    "whose message was written in one language only, the other being as it once came",
    (d) => set(d, "sms", { content: { sms: { ...ONCE_PREFILLED.sms, en: { text: "Thank you!" } } } }),
    ["language_prefilled sms"],
  ],
  [
    "whose message nobody has touched since messages began with a greeting",
    (d) => set(d, "sms", { content: { sms: ONCE_PREFILLED.sms } }),
    ["content_prefilled sms"],
  ],
  [
    "whose reward gives nothing",
    (d) => set(d, "five", { grants: [] }),
    ["reward_empty five", "coupon_not_issued sms", "coupon_not_issued used"],
  ],
  [
    "whose service message carries an offer",
    (d) => {
      set(d, "sms", { purpose: "service" });
    },
    ["service_with_offer sms"],
  ],
  [
    "whose re-entry key is no property of its event",
    (d) => {
      (d as Raw & { settings: unknown }).settings = { reentry: { is: "per_key", key: "order_no" } };
    },
    ["key_unknown"],
  ],
  [
    "whose if asks for nothing",
    (d) => {
      set(d, "gold", { when: { all: [] } });
    },
    ["condition_empty gold"],
  ],
  [
    "whose exit compares a number with a truth value",
    (d) => {
      d.exits = [{ when: leaf("member.points", "eq", true) }];
    },
    ["value_unfit"],
  ],
  [
    "whose goal and exit lack what they compare with",
    (d) => {
      d.goal = { on: "order_paid", when: { all: [leaf("event.amount", "gte"), leaf("member.points", "exists")] } };
      d.exits = [{ when: leaf("member.points", "gte", 5) }, { when: { not: leaf("member.tier", "eq") } }];
    },
    ["value_missing", "value_missing"],
  ],
  [
    "whose condition has one end of a span while another lacks its value",
    (d) => {
      set(d, "gold", { when: { any: [leaf("member.points", "between", [100]), leaf("member.visits", "gte")] } });
    },
    ["config_invalid gold", "value_unfit gold"],
  ],
])("a journey %s", (_name, change, expected) => {
  const list = found(after(change));

  it("is told so", () => {
    expect(list.map(({ code, node }) => (node === undefined ? code : `${code} ${node}`))).toEqual(expected);
  });

  it("in both languages", () => {
    for (const { says } of list)
      for (const locale of LOCALES) expect(says[locale]).toMatch(locale === "en" ? /[a-z]/i : /[\u4e00-\u9fff]/);
  });
});
