import { expect, it } from "vitest";
import { uncredited } from "./credit";

const open = (...runs: [goalValue: number | null, isHeld?: boolean][]) =>
  runs.map(([goalValue, isHeld = false], i) => ({ run: { i, goalValue }, isHeld }));
const without = (...runs: Parameters<typeof open>) => uncredited(open(...runs)).map(({ i }) => i);

it("leaves an event's money to the run that was entered last of those that it brought to their goal", () => {
  expect(without([100], [100], [null], [100], [null])).toEqual([0, 1]);
  expect(without([100], [null])).toEqual([]);
  expect(without([null])).toEqual([]);
});

it("leaves it to a run that a holdout keeps out only where no other reached the goal", () => {
  expect(without([100], [100, true])).toEqual([1]);
  expect(without([100, true], [100, true])).toEqual([0]);
});
