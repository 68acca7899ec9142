import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
/** The values that a text takes, also in the branches of its plurals; what opens a branch looks alike, and is none. */
const taken = (text: string): string[] => {
  const found = new Set<string>();
  let depth = 0;
  for (const [brace, name] of text.matchAll(/\{\s*(\w*)|\}/g)) {
    if (brace === "}") depth -= 1;
    else if (depth++ % 2 === 0 && name) found.add(name);
  }
  return [...found].sort();
};
const tags = (text: string) => [...new Set([...text.matchAll(/<(\w+)>/g)].map((m) => m[1]))].sort();

/** All code of the console but its texts and tests. */
const code = readdirSync("app", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/^texts\.ts$|\.test\.ts$/.test(entry.name))
  .filter(({ parentPath }) => !parentPath.endsWith(join("_i18n", "texts")))
  .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
  .join("\n");
/** Words of the code, and states as the inner rooms write them: a text may be called by the state itself. */
const words = new Set([...(code.match(/\w+/g) ?? []), ...written("core"), ...written("services")]);
/** What stands before and behind the part of a key that is put in: `${mark.is}Here`. */
const composed = [...code.matchAll(/`([\w.]*)\$\{[^`}]*\}(\w*)`/g)]
  .map(([, before = "", behind = ""]) => ({ before, behind }))
  .filter(({ before, behind }) => before.length + behind.length > 2);
/** These are called by names that come from elsewhere: members' and events' properties, the server's refusals. */
const CALLED_FROM_OUTSIDE = new Set(["traits", "refusals"]);

function written(room: string): string[] {
  return readdirSync(room, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .flatMap(({ parentPath, name }) => [...readFileSync(join(parentPath, name), "utf8").matchAll(/["'](\w+)["']/g)])
    .flatMap(([, word]) => word ?? []);
}

describe("texts", () => {
  const [english, chinese] = [new Map(leaves(en)), new Map(leaves(zhCN))];

  it("has the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("holds no text that nothing says", () => {
    const isSaid = (key: string): boolean =>
      words.has(key) || composed.some(({ before, behind }) => key.startsWith(before) && key.endsWith(behind));
    const silent = Object.entries(en).flatMap(([area, texts]) =>
      Object.keys(texts)
        // What begins with @ is called by what became of a run.
        .filter((key) => !CALLED_FROM_OUTSIDE.has(area) && !key.startsWith("@") && !isSaid(key))
        .map((key) => `${area}.${key}`),
    );
    expect(silent).toEqual([]);
  });

  it("leaves no text empty", () => {
    expect([...leaves(en), ...leaves(zhCN)].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it("names the same values and tags in both languages", () => {
    const differing = [...english].filter(([key, text]) => {
      const other = chinese.get(key) ?? "";
      return taken(text).join() !== taken(other).join() || tags(text).join() !== tags(other).join();
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
