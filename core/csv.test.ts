import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "./csv";

/** Reads one line of RFC 4180. */
function parsed(line: string): string[] {
  const cells: string[] = [];
  let rest = line.replace(/\r\n$/, "");
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const text = quoted ? (quoted[1] ?? "").replaceAll('""', '"') : (/^[^,]*/.exec(rest)?.[0] ?? "");
    cells.push(text);
    rest = rest.slice(quoted ? quoted[0].length : text.length);
    if (!rest.startsWith(",")) return cells;
    rest = rest.slice(1);
  }
}

describe("a line of CSV", () => {
  it("quotes what would break it, and leaves the rest alone", () => {
    expect(csvLine(["a", 'says "b"', "c,d", "e\nf", 7, null, ["x", "y"], true])).toBe(
      'a,"says ""b""","c,d","e\nf",7,,"x, y",true\r\n',
    );
  });

  it.each(["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", '=HYPERLINK("http://x")'])(
    "disarms the formula %j",
    (text) => {
      expect(parsed(csvLine([text]))).toEqual([`'${text}`]);
    },
  );

  it.each(["+8613800138000", "-12.50", "a=b", "1-2", "'quoted"])("leaves %j as it is", (text) => {
    expect(parsed(csvLine([text]))).toEqual([text]);
  });

  it("is read back as it was written, and never begins a cell like a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (cells) => {
        const back = parsed(csvLine(cells));
        expect(back.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
        for (const cell of back) expect(/^[=@\t\r]|^[+-](?!\d+([.]\d+)?$)/.test(cell)).toBe(false);
      }),
    );
  });
});
