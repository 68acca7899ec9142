import { expect, it } from "vitest";
import type { RecipeId } from "@/core/recipes/registry";
import { database } from "../harness/database";
import { RECIPES, stage } from "./stage";
import { UPSELL_TO_SERVICE } from "./upsell-to-service";
import type { Way } from "./way";
import { WELCOME_TO_REWARD } from "./welcome-to-reward";

await database({ max: 20 });

/** Every recipe, and how a member goes through it: what happens, and what it then has given and said. */
const WAYS: Record<RecipeId, Record<string, Way>> = { ...WELCOME_TO_REWARD, ...UPSELL_TO_SERVICE };

it.each(RECIPES.flatMap((id) => Object.entries(WAYS[id]).map(([what, way]) => ({ id, what, way }))))(
  "$id: a member who $what",
  async ({ id, way: { tier, goes, comesTo } }) => {
    const s = await stage(id, { ...(tier && { tier }) });
    await goes(s);
    expect(await s.held()).toMatchObject(comesTo);
  },
);
