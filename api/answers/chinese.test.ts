import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { wordsOf } from "@/core/issue-words";
import { detailInChinese, TITLES } from "./chinese";

type Sentence = { says: string; of: "refusal" | "schema"; file: string };

/** The sentences that an expression can come to; what is filled in reads x1. */
function sentences(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `x1${literal.text}`).join("")];
  if (ts.isConditionalExpression(node)) return [...sentences(node.whenTrue), ...sentences(node.whenFalse)];
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) && ["message", "error"].includes(one.name.getText())
        ? sentences(one.initializer)
        : [],
    );
  return [];
}

/** Where callers are told things: `refuse(reason, detail)`, an event's `malformed(says)`, a schema's `refine(_, says)`. */
const TOLD: Record<string, { at: number; of: Sentence["of"] }> = {
  refuse: { at: 1, of: "refusal" },
  malformed: { at: 0, of: "refusal" },
  refine: { at: 1, of: "schema" },
  regex: { at: 1, of: "schema" },
};

function* toldIn(file: string): Generator<Sentence> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const open: ts.Node[] = [source];
  for (let node = open.pop(); node; node = open.pop()) {
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
    if (!ts.isCallExpression(node)) continue;
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    const told = TOLD[callee.getText()];
    const said = told && node.arguments[told.at];
    // A refusal's own two languages stand in its call.
    if (said && !(told.of === "refusal" && ts.isObjectLiteralExpression(said)))
      for (const says of sentences(said)) yield { says, of: told.of, file };
  }
}

const files = ["api", "services", "core"].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
    .map((name) => `${room}/${name}`),
);
const all = files.flatMap((file) => [...toldIn(file)]).filter(({ says }) => /[a-z]{2} [a-z]/i.test(says));

describe("what a caller is told", () => {
  it("is found in the code at all", () => {
    expect(all.filter(({ of }) => of === "refusal").length).toBeGreaterThan(100);
    expect(all.filter(({ of }) => of === "schema").length).toBeGreaterThan(20);
  });
  it("is known in Chinese too, every sentence of it", () => {
    const inChinese = ({ says, of }: Sentence) =>
      of === "refusal"
        ? detailInChinese(says)
        : (wordsOf({ code: "custom", message: says, path: [], input: undefined }).chinese ?? detailInChinese(says));
    expect(all.filter((sentence) => !/\p{Script=Han}/u.test(inChinese(sentence)))).toEqual([]);
  });
  it("has a title of its own for each reason", () => {
    expect(new Set(Object.values(TITLES)).size).toBe(Object.values(TITLES).length);
  });
  it("keeps what it was filled with, in order", () => {
    expect(detailInChinese("12 members fell due and 3 messages were held in the pause: say late, skip or exit")).toBe(
      "暂停期间有 12 位会员到期、3 条消息被保留：请选择 late、skip 或 exit",
    );
    expect(detailInChinese("nothing like it")).toBe("nothing like it");
  });
});
