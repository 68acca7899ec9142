import { describe, expect, it } from "vitest";
import { foldPrograms, type Seen } from "./fold";

const lines = (text: string): Seen[] =>
  text.split(" ").map((word, i) => {
    const [actor = "", action = ""] = word.split("/");
    return { id: String(i), at: new Date(i), actor: actor === "ada" ? "user:ada" : `key:${actor}`, action };
  });
const folded = (text: string, limit = 50) => {
  const { folds, last } = foldPrograms(lines(text), limit);
  return { folds: folds.map(({ first, last: end, count }) => `${first.id}-${end.id} ×${count}`), last: last?.id };
};

describe("what programs did", () => {
  it("is one line for each that did the same, and people's lines stay as they are", () => {
    expect(folded("till/redeemed till/redeemed shop/redeemed till/redeemed ada/saved ada/saved till/redeemed")).toEqual(
      {
        folds: ["0-3 ×3", "2-2 ×1", "4-4 ×1", "5-5 ×1", "6-6 ×1"],
        last: "6",
      },
    );
  });
  it("is told apart by what was done", () => {
    expect(folded("till/redeemed till/cancelled till/redeemed").folds).toEqual(["0-2 ×2", "1-1 ×1"]);
  });
  it("fills a page with folded lines, and takes in whatever still belongs to one of them", () => {
    expect(folded("a/x b/x a/x c/x a/x", 2)).toEqual({ folds: ["0-2 ×2", "1-1 ×1"], last: "2" });
    expect(foldPrograms([], 2)).toEqual({ folds: [], last: undefined });
  });
});
