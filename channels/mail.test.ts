import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { composed } from "./mail";

const from = { name: "青禾 Greenleaf", address: "hello@greenleaf.example" };
const mail = (content: { subject: string; html: string; text: string }) =>
  composed(from, { to: "reader@example.com", content }, "<m1@greenleaf.example>");
const onWire = (text: string): string => text.replace(/\r\n|\r|\n/g, "\n");
const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc
    .array(fc.constantFrom("=", ".", " ", "\t", "\n", "\r", "\r\n", "--", "a", "您", "😀", "=_", "=3D"), {
      maxLength: 300,
    })
    .map((all) => all.join("")),
);

describe("a composed mail", () => {
  it("is read as what was written, whatever that was", async () => {
    await fc.assert(
      fc.asyncProperty(words, words, async (text, html) => {
        const read = await simpleParser(mail({ subject: "S", html: `<p>${html}</p>`, text: `${text}.` }));
        expect(onWire(read.text ?? "").trimEnd()).toBe(onWire(`${text}.`).trimEnd());
        expect(onWire(String(read.html)).trimEnd()).toBe(onWire(`<p>${html}</p>`).trimEnd());
      }),
      { numRuns: 300 },
    );
  });
  it("has no line longer than a mail server must take, and no bare line end", () => {
    fc.assert(
      fc.property(words, words, (text, subject) => {
        const raw = mail({ subject, html: "x".repeat(5000), text }).toString();
        expect(Math.max(...raw.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(998);
        expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      }),
    );
  });
  it("leaves plain ASCII readable and encodes the rest as base64", () => {
    const raw = mail({ subject: "S", html: "<p>您好</p>", text: "Hello" }).toString();
    expect(raw).toContain("quoted-printable\r\n\r\nHello\r\n");
    expect(raw).toContain(`base64\r\n\r\n${Buffer.from("<p>您好</p>").toString("base64")}\r\n`);
  });
});
