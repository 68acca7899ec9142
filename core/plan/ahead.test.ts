import { expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { bigOrder } from "../journey/big-order-harness";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import { effectsAhead, effectsOf } from "./ahead";

const plan = compile(JourneyDocument.parse(bigOrder), {
  workspace: "w" as WorkspaceId,
  journey: "j" as JourneyId,
  version: 1,
});
const typesAt = (node: string) => effectsAhead(plan, `${node}.start` as StepId).map(({ type }) => type);

it("sees the effects of every branch up to the next wait, and none behind it", () => {
  expect(typesAt("gold").sort()).toEqual(["addPoints", "issueCoupon", "issueCoupon", "sendMessage"]);
  expect(typesAt("sms")).toEqual(["sendMessage"]);
});
it("sees what lies behind the wait that is being left", () => {
  expect(typesAt("used").sort()).toEqual(["addTag", "sendMessage"]);
});
it("comes to an end in a loop", () => {
  const loop = compile(
    JourneyDocument.parse({ ...bigOrder, edges: [...bigOrder.edges, { from: "nudge", port: "next", to: "used" }] }),
    { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 },
  );
  expect(effectsAhead(loop, "used.start" as StepId)).toHaveLength(2);
  expect(effectsOf(loop)).toHaveLength(6);
});
