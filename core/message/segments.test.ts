import { expect, it } from "vitest";
import { outsideGsm, plainly, segments } from "./segments";

it.each([
  ["", { encoding: "GSM-7", units: 0, parts: 0, left: 160 }],
  ["a".repeat(160), { encoding: "GSM-7", units: 160, parts: 1, left: 0 }],
  ["a".repeat(161), { encoding: "GSM-7", units: 161, parts: 2, left: 145 }],
  ["a".repeat(306), { encoding: "GSM-7", units: 306, parts: 2, left: 0 }],
  ["a".repeat(307), { encoding: "GSM-7", units: 307, parts: 3, left: 152 }],
  ["€".repeat(80), { encoding: "GSM-7", units: 160, parts: 1, left: 0 }],
  ["好".repeat(70), { encoding: "UCS-2", units: 70, parts: 1, left: 0 }],
  ["好".repeat(71), { encoding: "UCS-2", units: 71, parts: 2, left: 63 }],
  [`${"a".repeat(70)}好`, { encoding: "UCS-2", units: 71, parts: 2, left: 63 }],
] as const)("counts the parts of %j", (text, expected) => {
  expect(segments(text)).toEqual(expected);
});

it("never cuts an escape pair or an emoji across two parts", () => {
  // 152 + € (2) does not fit 153, so € opens the second part
  expect(segments(`${"a".repeat(152)}€${"a".repeat(150)}`)).toMatchObject({ units: 304, parts: 2, left: 1 });
  expect(segments(`${"好".repeat(66)}🎁${"好".repeat(66)}`)).toMatchObject({ units: 134, parts: 3 });
});

it("names what keeps a text out of the GSM alphabet, and puts plain signs in its place where there are any", () => {
  expect(outsideGsm("“Hi” — 你好, “Lin”…")).toEqual(["“", "”", "—", "你", "好", "…"]);
  expect(plainly("“Hi” — it’s…\u00a0you")).toBe(`"Hi" - it's... you`);
  expect(outsideGsm(plainly("“Hi” — it’s…\u00a0you"))).toEqual([]);
  expect(plainly("你好 €[~]")).toBe("你好 €[~]");
});
