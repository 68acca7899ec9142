import { expect, it } from "vitest";
import { z } from "zod";
import { newUuid } from "./uuid";

it("makes UUIDs of version 4 that differ", () => {
  const all = Array.from({ length: 200 }, newUuid);
  for (const id of all) expect(z.uuidv4().safeParse(id).success, id).toBe(true);
  expect(new Set(all).size).toBe(all.length);
});
