import type { Run } from "../run";

/** How many journeys one after another led to what a run does now; beyond `DEEPEST` it begins no other. */
export const depthAfter = (run: Run): number => (run.entry.depth ?? 0) + 1;
