import { describe, expect, it } from "vitest";
import { readTraits } from "./traits";
import { untakenTraits } from "./untaken";

const nameOf = (traits: Record<string, unknown>) => readTraits(traits).fields.name;

describe("a name", () => {
  it.each([
    [" 王思远 ", "王思远"],
    ["Eve\r\nBcc: x@y.z", "Eve Bcc: x@y.z"],
    ["\u202Egnp.exe", "gnp.exe"],
    [
      "𠮷野家👨‍👩‍👧🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
      "𠮷野家👨‍👩‍👧🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ],
    ["علی\u200cرضا", "علی\u200cرضا"],
    ["J. Smith-Jones Jr.", "J. Smith-Jones Jr."],
    ["\u200b\u200b", null],
    ["  ", null],
  ])("%j is kept as %j", (name, kept) => {
    expect(nameOf({ name })).toBe(kept);
    expect(untakenTraits({ name })).toEqual([]);
  });
  it("is put together of its parts, by the custom of its script", () => {
    expect(nameOf({ firstName: "小明\n", lastName: "王" })).toBe("王小明");
    expect(nameOf({ first_name: "Ada", last_name: "Lovelace" })).toBe("Ada Lovelace");
    expect(nameOf({ firstName: " " })).toBeUndefined();
  });
  it.each(["您中奖了 https://evil.example", "WWW.evil.example", "x".repeat(201)])(
    "is not %j, and the sender is told",
    (name) => {
      expect(nameOf({ name })).toBeUndefined();
      expect(nameOf({ firstName: name })).toBeUndefined();
      expect(untakenTraits({ name })).toMatchObject([
        { path: ["name"], says: { en: expect.stringContaining("web address") } },
      ]);
    },
  );
});
