import fc from "fast-check";
import { expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import { problems } from "../journey/problems";
import type { Facts, MemberFacts, RunVars } from "../rules/facts";
import { advance, duePort, wake } from "./advance";
import type { Plan } from "./plan";
import { react } from "./react";
import type { Target } from "./step";

const OFFER = "00000000-0000-7000-8000-000000000001";
const EVENTS = ["order_paid", "coupon_redeemed", "store_visit", "account_closed", "survey_answered"];
const START = Date.UTC(2026, 0, 1);

const member: MemberFacts = {
  id: "m",
  isAnonymous: false,
  name: null,
  phone: null,
  email: null,
  locale: null,
  timeZone: null,
  birthday: null,
  gender: null,
  tier: "gold",
  joinedAt: 0,
  joinedStore: null,
  orders: 3,
  spent: 0,
  firstOrderAt: null,
  lastOrderAt: null,
  visits: 0,
  lastVisitAt: null,
  lastSeenAt: null,
  points: 5,
  tags: [],
  attributes: {},
  days: [],
};

const rule = fc.constantFrom(
  { all: [] },
  { any: [] },
  { field: "member.tier", is: "eq", value: "gold" },
  { field: "member.points", is: "gt", value: 5 },
);
const happening = fc.constantFrom(...EVENTS);
const duration = fc.constantFrom("PT1H", "P1D", "P7D");
const node = fc.oneof(
  fc.record({ kind: fc.constant("if"), config: fc.record({ when: rule }) }),
  fc.record({
    kind: fc.constant("switch"),
    config: fc.record({
      cases: fc.tuple(rule, rule).map(([a, b]) => [
        { id: "a", name: "A", when: a },
        { id: "b", name: "B", when: b },
      ]),
    }),
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("delay"), config: fc.record({ for: duration }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("wait-for"),
      config: fc.record({ event: happening, when: rule, within: duration }),
    }),
  },
  fc.record({ kind: fc.constant("reward"), config: fc.constant({ grants: [{ is: "coupon", offer: OFFER }] }) }),
  fc.record({ kind: fc.constant("tag"), config: fc.constant({ action: "add", tag: "a" }) }),
  fc.record({ kind: fc.constantFrom("goal", "exit"), config: fc.constant({}) }),
);
const PORTS: Record<string, string[]> = {
  "on-event": ["next"],
  if: ["yes", "no"],
  switch: ["a", "b", "otherwise"],
  delay: ["next"],
  "wait-for": ["happened", "timeout"],
  reward: ["granted", "out_of_stock", "over_cap", "held", "refused"],
  tag: ["next"],
  goal: [],
  exit: [],
};

/** Drawings with any wires, also backwards; those with errors are passed over. */
const plan: fc.Arbitrary<Plan> = fc
  .array(node, { minLength: 3, maxLength: 14 })
  .chain((drawn) => {
    const nodes = [
      { id: "n0", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      ...drawn.map((one, i) => ({ id: `n${i + 1}`, ...one })),
    ];
    const ports = nodes.flatMap(({ id, kind }) => (PORTS[kind] ?? []).map((port) => ({ from: id, port })));
    return fc
      .tuple(
        ...ports.map(({ from, port }) =>
          fc
            .option(fc.integer({ min: 1, max: nodes.length - 1 }), { freq: from === "n0" ? 1_000_000 : 4 })
            .map((to) => (to === null ? [] : [{ from, port, to: `n${to}` }])),
        ),
      )
      .map((edges) =>
        JourneyDocument.parse({
          name: "any",
          entry: "n0",
          nodes,
          edges: edges.flat(),
          goal: { on: "survey_answered", when: { all: [] } },
          exits: [{ on: "account_closed", when: { all: [] } }],
        }),
      );
  })
  .filter((document) => problems(document).every(({ severity }) => severity !== "error"))
  .map((document) => compile(document, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 }));

it("ends or parks after any order of events, and never passes a step twice in one lap", () => {
  let parks = 0;
  let laps = 0;
  fc.assert(
    fc.property(
      plan,
      fc.array(fc.record({ name: happening, after: fc.constantFrom(0, 1, 3_600_000, 90_000_000) }), { maxLength: 12 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      (made, events, grants) => {
        const run = new Walk(made, grants);
        for (const { name, after } of events) run.meet(name, after);
        expect(run.state).not.toBe("moving");
        parks += run.parks;
        laps += run.lap;
      },
    ),
    { numRuns: 400 },
  );
  // Otherwise the property would say nothing about waits and loops.
  expect(parks).toBeGreaterThan(200);
  expect(laps).toBeGreaterThan(5);
}, 60_000);

/** One run moved as the engine moves it, without an engine. */
class Walk {
  state: "moving" | "parked" | "ended" = "moving";
  lap = 0;
  parks = 0;
  private now = START;
  private at: StepId | null;
  private dueAt: number | null = null;
  private parkedAt = START;
  private readonly passed = new Set<string>();
  private readonly vars: RunVars = {};
  private draws = 0;

  constructor(
    private readonly plan: Plan,
    private readonly grants: boolean[],
  ) {
    this.at = plan.first;
    this.move();
  }

  meet(name: string, after: number): void {
    this.now += after;
    if (this.state !== "parked" || this.at === null) return;
    const event = { id: "e", name, properties: {}, occurredAt: this.now, acceptedAt: this.now, isHistorical: false };
    const { goal, move } = react(
      this.plan,
      { step: this.at, state: "parked", dueAt: this.dueAt },
      { ...this.facts(), event },
    );
    expect(goal).toBe(name === "survey_answered");
    if (!move || move.is === "mail") return;
    if (move.is === "goal" || move.is === "exit") {
      this.state = "ended";
      return;
    }
    if (move.is === "due") {
      this.leave(wake(this.plan, this.at, duePort(this.plan, this.at, { ...this.facts(), now: this.parkedAt })));
      this.meet(name, 0);
      return;
    }
    if (move.is === "waits") {
      this.dueAt = move.dueAt;
      return;
    }
    this.leave(wake(this.plan, this.at, move.port));
  }

  private move(): void {
    this.state = "moving";
    for (let steps = 0; this.at !== null; steps++) {
      expect(steps).toBeLessThan(200);
      const move = advance(this.plan, this.at, this.facts());
      switch (move.is) {
        case "go":
          this.to(move.target);
          break;
        case "apply":
          this.to(
            (this.grants[this.draws++ % this.grants.length] ? undefined : move.refused.out_of_stock) ?? move.done,
          );
          break;
        case "park":
          this.state = "parked";
          this.parks++;
          this.dueAt = move.dueAt;
          this.parkedAt = this.now;
          return;
        case "end":
          this.state = "ended";
          return;
        case "split":
          throw new Error("no kind compiles to a split yet");
        default:
          move satisfies never;
      }
    }
    this.state = "ended";
  }

  private leave(target: Target): void {
    this.to(target);
    this.move();
  }

  private to(target: Target): void {
    const key = `${this.at}/${this.lap}`;
    expect(this.passed.has(key)).toBe(false);
    this.passed.add(key);
    if (target.back) this.lap++;
    this.at = target.to;
  }

  private facts(): Facts {
    return { member, vars: this.vars, now: this.now, zone: "Asia/Shanghai" };
  }
}
