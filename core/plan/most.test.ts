import { describe, expect, it } from "vitest";
import type { JourneyId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import { mayRepeat, mostOfARun } from "./most";
import type { Plan } from "./plan";

type Node = { id: string; kind: string; config: object };
const points = (id: string, of: number): Node => ({
  id,
  kind: "reward",
  config: { grants: [{ is: "points", points: of }] },
});
const planOf = (nodes: Node[], edges: [string, string, string][]): Plan =>
  compile(
    JourneyDocument.parse({
      name: "Most",
      entry: "start",
      nodes: [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, ...nodes],
      edges: edges.map(([from, port, to]) => ({ from, port, to })),
    }),
    { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 },
  );
const weigh: Parameters<typeof mostOfARun>[1] = (effect) => (effect.type === "addPoints" ? effect.points : 0);
const gold: Node = { id: "gold", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } };
const pause: Node = { id: "pause", kind: "delay", config: { for: "P1D" } };

describe("the most of a run", () => {
  it("is that of its costliest way, not of all steps together", () => {
    const plan = planOf(
      [gold, points("much", 100), points("little", 10), points("more", 5)],
      [
        ["start", "next", "gold"],
        ["gold", "yes", "much"],
        ["gold", "no", "little"],
        ["much", "granted", "more"],
        ["little", "granted", "more"],
      ],
    );
    expect(mostOfARun(plan, weigh)).toBe(105);
    expect(mayRepeat(plan, weigh)).toBe(false);
  });

  it("takes a refusal's way without what was refused", () => {
    const plan = planOf(
      [points("first", 10), points("instead", 100)],
      [
        ["start", "next", "first"],
        ["first", "refused", "instead"],
      ],
    );
    expect(mostOfARun(plan, weigh)).toBe(100);
  });

  it("is nothing where nothing hangs on the trigger", () => {
    expect(mostOfARun(planOf([], []), weigh)).toBe(0);
  });

  it("is told of one round, and that there may be more", () => {
    const round = planOf(
      [points("give", 10), pause],
      [
        ["start", "next", "give"],
        ["give", "granted", "pause"],
        ["pause", "next", "give"],
      ],
    );
    expect(mostOfARun(round, weigh)).toBe(10);
    expect(mayRepeat(round, weigh)).toBe(true);
  });

  it("repeats nothing where what goes round gives nothing", () => {
    const waiting = planOf(
      [gold, pause, points("give", 10)],
      [
        ["start", "next", "gold"],
        ["gold", "no", "pause"],
        ["pause", "next", "gold"],
        ["gold", "yes", "give"],
      ],
    );
    expect(mostOfARun(waiting, weigh)).toBe(10);
    expect(mayRepeat(waiting, weigh)).toBe(false);
  });
});
