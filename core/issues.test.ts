import { expect, it } from "vitest";
import { z } from "zod";
import { issuesOf } from "./issues";

const said = (schema: z.ZodType, value: unknown) =>
  issuesOf(schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);

it("tells a number far out of bounds the schema's own bound, and only where it has none the largest that is counted exactly", () => {
  const order = z.strictObject({ amount: z.int().min(-5).max(100), count: z.int(), at: z.array(z.int().max(7)) });
  const far = 2 ** 60;
  expect(said(order, { amount: far, count: far, at: [1, far] })).toEqual([
    ["amount", "should be at most 100"],
    ["count", `should be at most ${Number.MAX_SAFE_INTEGER}`],
    ["at.1", "should be at most 7"],
  ]);
  expect(said(order, { amount: -far, count: -far, at: [] })).toEqual([
    ["amount", "should be at least -5"],
    ["count", `should be at least ${Number.MIN_SAFE_INTEGER}`],
  ]);
});
