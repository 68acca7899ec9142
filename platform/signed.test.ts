import { expect, it } from "vitest";
import { seal, unseal } from "./signed";

const body = Buffer.from("0190a0000000700080000000000000010", "hex");

it("opens the word it made, for its purpose only", () => {
  const word = seal("survey", body);
  expect(unseal("survey", word)).toEqual(body);
  expect(unseal("unsubscribe", word)).toBeNull();
});

it.each([
  ["nothing", () => ""],
  ["a word without a signature", (word: string) => word.split(".")[0] ?? ""],
  ["another body", (word: string) => `B${word.slice(1)}`],
  ["something behind it", (word: string) => `${word}.more`],
  ["padding", (word: string) => word.replace(".", "==.")],
  ["a cut signature", (word: string) => word.slice(0, -1)],
])("opens nothing else: %s", (_what, spoil) => {
  expect(unseal("survey", spoil(seal("survey", body)))).toBeNull();
});
