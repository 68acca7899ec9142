import { expect, it } from "vitest";
import { movesAmong, toldApart } from "./fates";

it("steps of one title are told apart by what their cards say, and by a number where that is the same", () => {
  const names = toldApart([
    { node: "a", title: "Reward", says: "coupon Ten off" },
    { node: "b", title: "Reward", says: "100 points" },
    { node: "c", title: "Wait", says: "Wait 1 day" },
    { node: "d", title: "Tag", says: "Tag “vip”" },
    { node: "e", title: "Tag", says: "Tag “vip”" },
    { node: "f", title: "Exit", says: "" },
    { node: "g", title: "Exit", says: "" },
  ]);
  expect([...names.values()]).toEqual([
    "Reward · coupon Ten off",
    "Reward · 100 points",
    "Wait",
    "Tag · Tag “vip” (1)",
    "Tag · Tag “vip” (2)",
    "Exit (1)",
    "Exit (2)",
  ]);
});

it("a choice holds as long as members stand there and the step it leads to is drawn", () => {
  const line = (node: string) => ({
    node,
    kind: "tag",
    title: null,
    says: { text: { en: "", "zh-CN": "" }, values: {} },
  });
  const at = (node: string) =>
    ({ ...line(node), change: "same", waiting: 1, ready: 0, suggested: { is: "stay" } }) as const;
  const preview = { nodes: [at("a"), at("b"), at("c")], targets: [line("a"), line("b")] };
  expect(
    movesAmong(preview, {
      a: { is: "move", to: "b" },
      b: { is: "move", to: "deleted" },
      c: { is: "exit" },
      left: { is: "exit" },
    }),
  ).toEqual({ a: { is: "move", to: "b" }, c: { is: "exit" } });
});
