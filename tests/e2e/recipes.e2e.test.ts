import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RECIPES, recipeOf } from "@/core/recipes/registry";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { Program } from "./program";
import { owner, visitor } from "./visitor";

const chrome = await browser();
const LOCALES = ["en", "zh-CN"] as const;
const Kept = z.object({ name: z.string(), document: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
const Found = z.object({ problems: z.array(z.looseObject({ severity: z.string() })), isPublishable: z.boolean() });
const Offers = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Every recipe, by turns in the one language and the other. */
const TURNS = RECIPES.map((id, i) => ({ id, locale: LOCALES[i % 2] ?? "en" }));

describe.skipIf(!chrome)("the gallery of recipes", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);
  const tea = await shop();
  const program = new Program(urls.api, tea);
  const english = await owner(chrome, urls.console, tea);
  const user = { email: `${tea.workspace}@example.com`, password: english.password };
  const readers = { en: english, "zh-CN": await visitor(chrome, urls.console, user, { locale: "zh-CN" }) };

  /** Takes a recipe by its button; the draft that is open then. */
  const use = async (id: (typeof RECIPES)[number], locale: (typeof LOCALES)[number]): Promise<string> => {
    const { page } = readers[locale];
    await page.goto("/journeys?view=all&new=recipe");
    await page.getByTestId(`recipe-${id}`).getByRole("button").click();
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new URL(page.url()).pathname.split("/").at(-1) ?? "";
  };

  it.each(TURNS)("makes a draft of $id by one click, which can be published as it stands ($locale)", async (turn) => {
    const { id, locale } = turn;
    const recipe = recipeOf(id);
    const { page, complaints } = readers[locale];
    const journey = await use(id, locale);
    const draft = Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body);
    expect(draft.name).toBe(recipe.name[locale]);
    await expect.poll(() => page.locator(".react-flow__node").count()).toBe(draft.document.nodes.length);

    const { problems, isPublishable } = Found.parse((await program.get(`/api/v1/journeys/${journey}/problems`)).body);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(isPublishable).toBe(true);
    // The editor finds what the API does, once it knows the offers.
    const hints = problems.length;
    const count = page.getByTestId("problem-count");
    await until(
      async () =>
        (await count.getAttribute("data-worst")) === (hints > 0 ? "warning" : "none") &&
        (hints === 0 || (await count.textContent())?.startsWith(String(hints))),
      { what: `${hints} hints and no problem` },
    );
    expect(complaints()).toEqual([]);
  });

  it("makes an offer once, however often its recipe is used, in whichever language", async () => {
    const names = async () => {
      const { items } = Offers.parse((await program.get("/api/v1/offers?limit=200")).body);
      return items.map(({ name }) => name).sort();
    };
    const before = await names();
    for (const locale of LOCALES) await use("welcome", locale);
    expect(await names()).toEqual(before);
  });
});
