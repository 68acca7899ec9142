/** One measured figure. `ratio`: how many times better than the baseline (1 = as good); `goal`: what the ratio, or without a baseline the value, should reach. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
  goal: string;
  ok: boolean;
};

export type Options = {
  /** A fiftieth of the sizes: shows that the bench works, says nothing about speed. */
  isSmall: boolean;
  /** Where CPU profiles and statement times of the processes under test go; absent = none are taken. */
  profile?: string;
  /** A line for whoever waits. */
  say(line: string): void;
};

/** One file in bench/: measures on an installation of its own and cleans up after itself. */
export type Bench = { name: string; about: string; run(options: Options): Promise<Figure[]> };

/** More is better, against a baseline measured in the same run: `goal` is the least ratio. */
export const faster = (name: string, unit: string, value: number, baseline: number, goal: number): Figure =>
  compared(name, unit, value, baseline, value / baseline, goal);

/** Less is better (a latency), against a baseline measured in the same run. */
export const sooner = (name: string, unit: string, value: number, baseline: number, goal: number): Figure =>
  compared(name, unit, value, baseline, baseline / value, goal);

/** A figure with a limit of its own. */
export const within = (
  name: string,
  unit: string,
  value: number,
  goal: { most: number } | { least: number },
): Figure => ({
  name,
  value: round(value),
  unit,
  baseline: null,
  ratio: null,
  goal: "most" in goal ? `≤ ${goal.most} ${unit}` : `≥ ${goal.least} ${unit}`,
  ok: "most" in goal ? value <= goal.most : value >= goal.least,
});

function compared(name: string, unit: string, value: number, baseline: number, ratio: number, goal: number): Figure {
  return {
    name,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio: round(ratio),
    goal: goal < 1 ? `≥ ${goal * 100} %` : `≥ ${goal}×`,
    ok: ratio >= goal,
  };
}

/** Three significant digits are all that one run on one machine knows. */
const round = (value: number): number => Number(value.toPrecision(3));
