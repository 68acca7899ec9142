import { expect, it } from "vitest";
import { rates } from "./rates";

it("holds each caller to a rate of its own", () => {
  const wait = rates(1, 3);
  expect([wait("a"), wait("a"), wait("a")]).toEqual([0, 0, 0]);
  expect(wait("a")).toBeGreaterThan(900);
  expect(wait("b")).toBe(0);
  expect(wait("c", 3)).toBe(0);
  expect(wait("c")).toBeGreaterThan(900);
});
