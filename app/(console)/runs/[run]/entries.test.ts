import { expect, it } from "vitest";
import { entriesOf } from "./entries";
import type { RunDetail } from "./run-detail";

type Step = RunDetail["steps"][number];

const words = (en: string) => ({ en, "zh-CN": en });
const step = (id: string, more: Partial<Step> = {}): Step => ({
  step: id,
  node: id.slice(0, id.lastIndexOf(".")),
  kind: "staff-task",
  title: words("Staff task"),
  nodeTitle: null,
  nodeSays: null,
  lap: 0,
  port: null,
  portName: null,
  does: words(id),
  way: null,
  at: "2026-03-02T01:00:00.000Z",
  says: null,
  findings: [],
  config: {},
  sent: [],
  called: null,
  asked: null,
  gave: null,
  ...more,
});
const run = (steps: Step[], more: Partial<RunDetail> = {}) =>
  entriesOf({ steps, node: "", lap: 0, endedAt: null, standsAt: null, ...more } as RunDetail);
const told = (entries: ReturnType<typeof run>) =>
  entries.map(({ steps, way, isStill }) => [steps.map((one) => one.step), way?.en ?? null, isStill]);

it("is one entry for a node, with the way out of it, and one for each time round", () => {
  const task = (lap: number) => [
    step("task.start", { lap }),
    step("task.asked", { lap }),
    step("task.way", { lap, portName: words("done") }),
  ];
  const entries = run([...task(0), step("tag.start", { does: null }), ...task(1)]);
  expect(told(entries)).toEqual([
    [["task.start", "task.asked", "task.way"], "done", false],
    [["tag.start"], null, false],
    [["task.start", "task.asked", "task.way"], "done", false],
  ]);
});

it("stands in the entry whose step it waits at, and in none that it has left", () => {
  const standsAt = { kind: "staff-task", config: {}, does: words("Wait for the staff") };
  expect(told(run([step("task.start")], { node: "task", standsAt }))).toEqual([[["task.start"], null, true]]);
  expect(told(run([step("task.start")], { node: "task", standsAt, lap: 1 }))).toEqual([[["task.start"], null, false]]);
  expect(told(run([step("task.start")], { node: "next", standsAt: { ...standsAt, does: null } }))).toEqual([
    [["task.start"], null, false],
  ]);
  expect(told(run([step("task.start")], { node: "task", standsAt, endedAt: "2026-03-02T02:00:00.000Z" }))).toEqual([
    [["task.start"], null, false],
  ]);
});
