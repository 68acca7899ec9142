import { expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { bigOrder } from "../journey/big-order-harness";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import { orderOf } from "./order";

it("puts every step after those that lead to it, ways back aside, whatever the order of the plan's keys", () => {
  const document = JourneyDocument.parse({
    ...bigOrder,
    edges: [...bigOrder.edges, { from: "nudge", port: "next", to: "used" }],
  });
  const plan = compile(document, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 });
  const turned = { ...plan, steps: Object.fromEntries(Object.entries(plan.steps).reverse()) };
  for (const one of [plan, turned]) {
    const order = orderOf(one);
    expect([...order.keys()].sort()).toEqual(Object.keys(plan.steps).sort());
    const at = (node: string) => order.get(`${node}.start` as StepId) ?? -1;
    for (const [before, after] of [
      ["gold", "both"],
      ["gold", "five"],
      ["both", "sms"],
      ["five", "sms"],
      ["sms", "used"],
      ["used", "user"],
      ["used", "nudge"],
    ] as const)
      expect(at(before)).toBeLessThan(at(after));
  }
});
