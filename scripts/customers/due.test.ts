import { expect, it } from "vitest";
import { doDue } from "./due";

it("loses none but the deed that failed, and leaves alone what is not due", async () => {
  const deeds = [1, 2, 3, 9].map((at) => ({ at }));
  const done: number[] = [];
  const act = async ({ at }: { at: number }) => {
    if (at === 2) throw new Error("no answer");
    done.push(at);
  };
  await expect(doDue(deeds, 5, act)).rejects.toThrow("no answer");
  expect([done, deeds.map(({ at }) => at)]).toEqual([[1], [3, 9]]);
  await doDue(deeds, 5, act);
  expect([done, deeds.map(({ at }) => at)]).toEqual([[1, 3], [9]]);
});
