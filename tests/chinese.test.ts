import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { spaced } from "@/core/gaps";
import { RECIPES, recipeOf } from "@/core/recipes/registry";

type Said = { at: string; text: string };
/** What stands in for whatever a text is filled with: neither Chinese nor Latin. */
const FILLED = "…";

/** The texts of a file that hold Chinese; comments are none. */
function* chineseIn(file: string): Generator<Said> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const open: ts.Node[] = [source];
  for (let node = open.pop(); node; node = open.pop()) {
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
    const text = textOf(node);
    if (text === undefined || !/\p{Script=Han}/u.test(text)) continue;
    yield { at: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, text };
  }
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => FILLED + literal.text).join("");
}

const ROOMS = ["api", "app", "channels", "core", "platform", "sandbox", "scripts", "services", "worker"];
const all = ROOMS.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => [...chineseIn(`${room}/${name}`)]),
);

/** Written as the trade, the law or a shop's shelf has it: words to answer a text with, names of offers and goods. */
const AS_FOUND = [
  /拒收请回复R|^回复?TD?$|^回复?R$/,
  /满\d+减\d+|立减\d+元|会员周85折/,
  /^散养鸡蛋 15枚$|^纸尿裤 L码$|^有机果泥 6袋$|^128元$/,
  // Dates, as Liquid is told to write them.
  /%Y年/,
];
/** What members read is written as shops write to them; what screens show of a recipe is looked at by itself below. */
const isOurs = ({ at, text }: Said) => !at.startsWith("core/recipes/") && !AS_FOUND.some((found) => found.test(text));

describe("Chinese of screens, answers and pages", () => {
  it("is found in the code at all", () => {
    expect(all.length).toBeGreaterThan(3000);
  });

  it("addresses everybody in one way", () => {
    expect(all.filter(({ text }) => text.replaceAll("你好", "").includes("你"))).toEqual([]);
  });

  it("has a gap wherever it meets Latin letters, digits or amounts", () => {
    expect(all.filter(isOurs).filter(({ text }) => spaced(text) !== text)).toEqual([]);
  });

  it.each(RECIPES)("has them in what the gallery and the canvas show of the recipe %s", (id) => {
    const recipe = recipeOf(id);
    const slots = Object.fromEntries(Object.keys(recipe.offers).map((slot) => [slot, slot]));
    const said: string[] = [recipe.name["zh-CN"], recipe.about["zh-CN"]];
    recipe.document(slots, (text) => {
      said.push(text["zh-CN"]);
      return text["zh-CN"];
    });
    expect(said).toEqual(said.map(spaced));
  });
});
