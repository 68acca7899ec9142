import { expect, it } from "vitest";
import { changedIn, only, rebased } from "./opened";

const opened = { name: "A", stock: 5 as number | null, terms: { note: "n", days: 30 } };

it("sends what was touched, and what it was, and nothing else", () => {
  const changes = changedIn({ ...opened, stock: null, terms: { days: 30, note: "n" } }, opened);
  expect(changes).toEqual({ stock: null });
  expect(only(opened, changes)).toEqual({ stock: 5 });
  expect(changedIn(opened, { ...opened })).toEqual({});
});

it("keeps what was typed where somebody else has changed the thing, and takes the rest from them", () => {
  const stored = { name: "B", stock: 7, terms: { note: "theirs", days: 30 } };
  expect(rebased({ ...opened, stock: 9 }, opened, stored)).toEqual({ ...stored, stock: 9 });
});
