import { expect, it } from "vitest";
import { Drain } from "./drain";

const looks = (...waiting: number[]) => {
  const drain = new Drain(1000);
  return waiting.map((count, second) => drain.look(second * 1000, count));
};

it("tells how long a backlog that shrinks will last, by the pace of the last looks", () => {
  expect(looks(100, 90, 80)).toEqual([null, 9, 8]);
});

it("tells nothing of one that grows or stands, and zero where nothing waits", () => {
  expect(looks(10, 20, 30)).toEqual([null, null, null]);
  expect(looks(10, 10)).toEqual([null, null]);
  expect(looks(0, 0)).toEqual([0, 0]);
  expect(looks(10, 0)).toEqual([null, 0]);
});

it("does not turn over by one odd look", () => {
  const [, , afterOdd] = looks(100, 80, 85);
  expect(afterOdd).toBeCloseTo(85 / 7.5);
});

it("knows no pace of what is longer than is counted, or of a clock that stood", () => {
  expect(looks(1000, 1000, 900, 800)).toEqual([null, null, null, 8]);
  const drain = new Drain(1000);
  drain.look(5, 10);
  expect(drain.look(5, 5)).toBeNull();
});
