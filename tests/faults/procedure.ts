import type { Finding } from "./findings";
import type { World, WorldOptions } from "./world";

/** One way of breaking a whole installation, and what must be true afterwards. */
export type Procedure = {
  name: string;
  world?: WorldOptions;
  run(world: World): Promise<Verdict>;
};

export type Verdict = {
  /** How many faults were injected. */
  faults: number;
  /** Over what: "2000 runs". */
  over: string;
  findings: Finding[];
  /** What is worth knowing besides. */
  says?: string;
};
