import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zhCN } from "./zh-CN";

type Leaf = [path: string, text: string];
const leaves = (value: unknown, path = ""): Leaf[] =>
  typeof value === "string"
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
const places = (text: string) => [...new Set([...text.matchAll(/\{\s*(\w+)/g)].map((m) => m[1]))].sort();
const tags = (text: string) => [...new Set([...text.matchAll(/<(\w+)>/g)].map((m) => m[1]))].sort();

describe("texts", () => {
  const [english, chinese] = [new Map(leaves(en)), new Map(leaves(zhCN))];

  it("has the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("leaves no text empty", () => {
    expect([...leaves(en), ...leaves(zhCN)].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it("names the same values and tags in both languages", () => {
    // plural branches hold words that look like places; the value itself is what must agree
    const simple = (text: string) => places(text.replace(/\{(\w+), (plural|select|selectordinal),.*\}/s, "{$1}"));
    const differing = [...english].filter(([key, text]) => {
      const other = chinese.get(key) ?? "";
      return simple(text).join() !== simple(other).join() || tags(text).join() !== tags(other).join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it("parses as ICU messages", () => {
    const bad: string[] = [];
    for (const [locale, messages] of [
      ["en", en],
      ["zh-CN", zhCN],
    ] as const)
      for (const [key, text] of leaves(messages)) {
        const values = Object.fromEntries(
          [...places(text), ...tags(text)].map((name) => [
            name ?? "",
            tags(text).includes(name) ? (c: unknown) => c : 2,
          ]),
        );
        const t = createTranslator({
          locale,
          messages: { text },
          onError: (error) => bad.push(`${locale} ${key}: ${error.message}`),
        });
        t.rich("text", values as never);
      }
    expect(bad).toEqual([]);
  });
});
