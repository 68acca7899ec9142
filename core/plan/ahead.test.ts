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
it.each([
  ["a rule may hold already", "wait-until", { when: { all: [] }, within: "PT1H" }, ["holds"]],
  ["a window may be open", "wait-window", { window: { weekdays: [1], from: "10:00", to: "20:00" } }, ["next"]],
  [
    "a date may be past or missing",
    "wait-date",
    { date: "member.birthday", returns: "once", days: 0, time: "10:00", leapDay: "feb28" },
    ["past", "absent"],
  ],
])("looks through a wait that may be passed at once: %s", (_, kind, config, ports) => {
  for (const port of ports) {
    const drawn = compile(
      JourneyDocument.parse({
        ...bigOrder,
        nodes: [...bigOrder.nodes, { id: "pause", kind, config }],
        edges: [
          ...bigOrder.edges.filter(({ from }) => from !== "gold"),
          { from: "gold", port: "yes", to: "pause" },
          { from: "pause", port, to: "five" },
        ],
      }),
      { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 },
    );
    expect(effectsAhead(drawn, "gold.start" as StepId).map(({ type }) => type)).toContain("issueCoupon");
  }
});
