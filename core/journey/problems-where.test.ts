import { expect, it } from "vitest";
import { OFFER } from "./big-order-harness";
import { after, codes, found, fresh, leaf, set } from "./problems-harness";

it("tells of a goal's and an exit's condition where it stands", () => {
  const draft = after((d) => {
    d.goal = { on: "order_paid", when: { all: [leaf("member.points", "exists"), leaf("event.amount", "gte")] } };
    d.exits = [{ when: leaf("member.points", "gte", 5) }, { when: { not: leaf("member.tier", "eq") } }];
  });
  expect(found(draft).map(({ path, says }) => [path?.join("."), says.en, says["zh-CN"]])).toEqual([
    ["goal.when.all.1.value", "“Amount” needs a value to compare with.", "“金额”还缺少要比较的值。"],
    ["exits.1.when.not.value", "“Tier” needs a value to compare with.", "“等级”还缺少要比较的值。"],
  ]);
});

it("offers the other language as a start for one that is missing", () => {
  const [problem] = found(after((d) => set(d, "nudge", { content: { push: { en: { title: "Hi", body: "" } } } })));
  expect(problem?.fix?.patch).toEqual({
    node: "nudge",
    config: { content: { push: { en: { title: "Hi", body: "" }, "zh-CN": { title: "Hi", body: "" } } } },
  });
});

it("allows a message to name a coupon under a guard", () => {
  const guarded = {
    sms: {
      en: { text: "Hi{% if coupon %} {{ coupon.code }}{% endif %}" },
      "zh-CN": { text: "【店】您好{% if coupon %}{{ coupon.code }}{% endif %}" },
    },
  };
  expect(
    codes(
      after((d) => {
        d.edges.push({ from: "five", port: "out_of_stock", to: "sms" });
        set(d, "sms", { content: guarded });
      }),
    ),
  ).toEqual(["coupon_not_issued used"]);
});

it("allows a loop with a wait in it", () => {
  expect(
    codes(
      after((d) => {
        d.edges.push({ from: "nudge", port: "next", to: "used" });
      }),
    ),
  ).toEqual([]);
});

it("tells of a missing offer beside what else is wrong with its node", () => {
  const grants = [
    { is: "coupon", offer: OFFER },
    { is: "points", points: 0 },
  ];
  expect(
    codes(
      after((d) => set(d, "both", { grants })),
      { offers: [] },
    ),
  ).toEqual(expect.arrayContaining(["config_invalid both", "offer_missing both"]));
});

it("knows which offers there are", () => {
  expect(codes(fresh(), { offers: [] })).toEqual(["offer_missing both", "offer_missing five"]);
  expect(codes(fresh(), { offers: [{ id: OFFER, name: "20 off", standing: "paused" }] })).toEqual([
    "offer_inactive both",
    "offer_inactive five",
  ]);
  expect(codes(fresh(), { offers: [{ id: OFFER, name: "20 off", standing: "ended" }] })).toContain("offer_ended both");
  expect(codes(fresh(), { offers: [{ id: OFFER, name: "20 off", standing: "spent" }] })).toContain("offer_spent both");
});

it("points at the place inside a rule", () => {
  const [problem] = found(
    after((d) => {
      set(d, "gold", { when: { any: [leaf("member.tier", "eq", "gold"), { not: leaf("member.nothing", "exists") }] } });
    }),
  );
  expect(problem?.path).toEqual(["when", "any", 1, "not"]);
  const [broken] = found(
    after((d) => {
      set(d, "gold", { when: { any: [leaf("member.tier", "eq", "gold"), leaf("member.tier", "resembles", "gold")] } });
    }),
  );
  expect(broken).toMatchObject({ code: "config_invalid", node: "gold", path: ["when", "any", 1, "is"] });
});

it("mends an if that reads an event by the event that started the run", () => {
  const rule = { any: [leaf("member.tier", "eq", "gold"), leaf("event.amount", "gt", 1)] };
  const draft = after((d) => {
    set(d, "gold", { when: rule });
  });
  const [problem] = found(draft);
  expect(problem?.fix?.patch).toEqual({
    node: "gold",
    config: { when: { any: [rule.any[0], leaf("entry.amount", "gt", 1)] } },
  });
  set(draft, "gold", problem?.fix?.patch.config ?? {});
  expect(codes(draft)).toEqual([]);
});

it("bounds a hostile rule before walking it", () => {
  let deep: unknown = leaf("member.tier", "eq", "gold");
  for (let i = 0; i < 20_000; i++) deep = { not: deep };
  expect(
    codes(
      after((d) => {
        set(d, "gold", { when: deep });
      }),
    ),
  ).toEqual(["config_invalid gold"]);
  expect(
    codes(
      after((d) => {
        set(d, "gold", {
          when: {
            any: Array.from({ length: 90 }, () => ({
              all: Array.from({ length: 90 }, () => leaf("member.tier", "eq", "gold")),
            })),
          },
        });
      }),
    ),
  ).toEqual(["config_invalid gold"]);
});
