import { expect, it } from "vitest";
import type { JourneyId, MemberId, PlanId, RunId, WorkspaceId } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import { JourneyDocument } from "@/core/journey/document";
import { someone } from "@/core/members/someone-harness";
import type { Plan } from "@/core/plan/plan";
import type { Tx } from "@/platform/db";
import type { At } from "./effects/apply";
import { leg } from "./leg";
import type { Run } from "./run";

const workspace = "w" as WorkspaceId;
const member = "m" as MemberId;
const at = { workspace, now: new Date("2026-03-02T01:00:00Z"), zone: "Asia/Shanghai" } as At;
/** Nothing here is written: conditions only decide. */
const tx = {} as Tx;

/** Conditions one after another, each true; `loops`: the last leads back to the first. */
const chain = (id: string, length: number, loops = false): Plan => {
  const names = Array.from({ length }, (_, i) => `if${i}`);
  const document = JourneyDocument.parse({
    name: "A chain",
    entry: "start",
    nodes: [
      { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      ...names.map((name) => ({ id: name, kind: "if", config: { when: { all: [] } } })),
    ],
    edges: [
      { from: "start", port: "next", to: "if0" },
      ...names.flatMap((name, i) => {
        const to = names[i + 1] ?? (loops ? "if0" : undefined);
        return to ? [{ from: name, port: "yes", to }] : [];
      }),
    ],
    settings: { visits: 100_000 },
  });
  return { ...compile(document, { workspace, journey: "j" as JourneyId, version: 1 }), id: id as PlanId };
};

const runOf = (plan: Plan): Run => ({
  id: `run ${plan.id}` as RunId,
  journey: plan.journey,
  shard: 0,
  member,
  plan: plan.id,
  key: "",
  step: plan.first ?? ("" as Run["step"]),
  lap: 0,
  state: "ready",
  port: null,
  readyBy: "entry",
  readyEvent: null,
  readyWhy: null,
  readyOrder: null,
  isBulk: false,
  dueAt: null,
  lookAt: null,
  parkedAt: null,
  mail: [],
  entry: { id: "e", name: "order_paid", properties: {}, occurredAt: 0, acceptedAt: 0, isHistorical: false },
  vars: {},
  goalAt: null,
  goalValue: null,
  reason: null,
  mapped: 0,
});

it("bounds the steps of each run, not of its batch: one that spins fails, 450 of as many versions come to their ends", async () => {
  const plans = [chain("spins", 2, true), ...Array.from({ length: 450 }, (_, i) => chain(`version ${i}`, 6))];
  const runs = plans.map(runOf);
  const members = new Map([[member, someone({ id: member })]]);
  const moved = await leg(tx, at, runs, {
    plans: new Map(plans.map((plan) => [plan.id, plan])),
    members,
    applied: new Map(),
    skipping: new Map(),
  });
  const [spinning, ...others] = runs;
  expect([spinning?.state, spinning?.reason]).toEqual(["failed", "the plan does not come to a wait or an end"]);
  expect(new Set(others.map(({ state }) => state))).toEqual(new Set(["done"]));
  expect(moved.lines).toHaveLength(2_000 + 450 * 6);
});
