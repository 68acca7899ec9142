import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { problems } from "../journey/problems";
import { MessageContent } from "../message/content";
import { gosOf } from "../plan/order";
import { follow } from "../plan/plan";
import { LOCALES, type Locale, type Text } from "../text";
import { briefOf } from "./brief";
import { PACKS, PURPOSES } from "./recipe";
import { RECIPES, recipeOf } from "./registry";

const say = (text: Text) => text.en;
/** Every slot filled with an offer of its own. */
const filled = (id: (typeof RECIPES)[number]) => {
  const recipe = recipeOf(id);
  const offers = Object.fromEntries(
    Object.keys(recipe.offers).map((slot, i) => [slot, `00000000-0000-7000-8000-00000000000${i + 1}`]),
  );
  return { recipe, offers, document: recipe.document(offers, say) };
};
const compiled = (id: (typeof RECIPES)[number]) =>
  compile(filled(id).document, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 });

/** What several recipes of a purpose are built with. */
const SHARED = ["birthdays", "away", "partner"];

it("lists every recipe of the folders, each in that of its purpose", () => {
  const listed = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, RECIPES.filter((id) => recipeOf(id).purpose === purpose).sort()]),
  );
  const found = Object.fromEntries(
    PURPOSES.map((purpose) => [
      purpose,
      readdirSync(new URL(purpose, import.meta.url))
        .map((file) => file.replace(".ts", ""))
        .filter((name) => !SHARED.includes(name))
        .sort(),
    ]),
  );
  expect(listed).toEqual(found);
});

it("has something for every trade", () => {
  for (const pack of PACKS) expect(RECIPES.some((id) => recipeOf(id).packs.includes(pack))).toBe(true);
});

it("is named in the documentation, each by its id, name and purpose", () => {
  const page = readFileSync(new URL("../../docs/recipes.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.map((row) => row.split(" | ").slice(0, 2).join(" | "))).toEqual(
    RECIPES.map((id) => `| \`${id}\` | ${recipeOf(id).name.en} · ${recipeOf(id).name["zh-CN"]}`),
  );
});

it("tells of a run what it comes to at most, by its costliest way", () => {
  // Gold members: a coupon of 20 yuan and 100 points; two messages, a week's wait, and one more when it was not used.
  expect(briefOf(recipeOf("big-order"))).toEqual({
    messages: 3,
    points: 100,
    money: 2_000,
    isOpen: false,
    hours: 7 * 24,
  });
  for (const id of RECIPES) {
    const { messages, points, money, isOpen } = briefOf(recipeOf(id));
    expect(messages + points + money + Number(isOpen), id).toBeGreaterThan(0);
  }
});

describe.each(RECIPES)("the recipe %s", (id) => {
  it("has no problem, not even a warning, once its offers are chosen", () => {
    const { document, offers, recipe } = filled(id);
    const known = Object.entries(offers).map(([slot, offer]) => ({
      id: offer,
      name: recipe.offers[slot]?.name.en ?? "",
      standing: "active" as const,
    }));
    expect(problems(document, { offers: known })).toEqual([]);
  });

  it("is told in both languages", () => {
    const { recipe, offers } = filled(id);
    for (const locale of LOCALES) {
      expect(recipe.name[locale]).not.toBe("");
      expect(recipe.about[locale]).not.toBe("");
      for (const offer of Object.values(recipe.offers)) expect(offer.name[locale]).not.toBe("");
      const document = recipe.document(offers, (text) => text[locale]);
      expect(document.name).toBe(recipe.name[locale]);
      for (const { config } of document.nodes)
        for (const texts of Object.values(MessageContent.safeParse(config.content).data ?? {}))
          expect(Object.keys(texts).sort()).toEqual([...LOCALES].sort());
    }
  });

  it("has titles of one language: that of the draft", () => {
    const { recipe, offers } = filled(id);
    const words = (locale: Locale) => {
      const { nodes } = recipe.document(offers, (text) => text[locale]);
      return nodes.flatMap(({ title }) => title ?? []);
    };
    expect(words("en").filter((title) => /\p{Script=Han}/u.test(title))).toEqual([]);
    expect(words("zh-CN").filter((title) => !/\p{Script=Han}/u.test(title))).toEqual([]);
  });

  it("compiles, and reaches every step that its drawing has", () => {
    const plan = compiled(id);
    const reached = new Set<StepId>();
    const open = plan.first ? [plan.first] : [];
    for (let at = open.pop(); at; at = open.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      const step = plan.steps[at];
      if (!step) throw new Error(`no step ${at}`);
      for (const go of gosOf(step)) {
        const { to } = follow(plan, at, go);
        if (to) open.push(to);
      }
    }
    expect([...reached].sort()).toEqual(Object.keys(plan.steps).sort());
  });
});
