import type { RunDetail } from "./run-detail";

type Step = RunDetail["steps"][number];

/** One visit to a node: its steps in the order they were walked, and the way out of it. `isStill`: the run stands in it. */
export type Entry = { steps: [Step, ...Step[]]; way: Step["portName"]; isStill: boolean };

/** A run's steps as its page tells them: what a node does in several steps is one entry. */
export function entriesOf({ steps, node, lap, endedAt, standsAt }: RunDetail): Entry[] {
  const entries: Entry[] = [];
  for (const step of steps) {
    const known = step.does && entries.find(({ steps: [first] }) => first.node === step.node && first.lap === step.lap);
    if (known) {
      known.steps.push(step);
      known.way = step.portName ?? known.way;
    } else entries.push({ steps: [step], way: step.portName, isStill: false });
  }
  const last = entries.at(-1);
  const [first] = last?.steps ?? [];
  if (last && endedAt === null && standsAt?.does && first?.node === node && first.lap === lap) last.isStill = true;
  return entries;
}
