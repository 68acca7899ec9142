import { bigOrder } from "./big-order";
import type { Recipe } from "./recipe";
import { thirtyDaysAway } from "./thirty-days-away";
import { welcome } from "./welcome";

/** Every recipe by its id, in the order of the gallery. */
export const recipes = {
  welcome,
  "thirty-days-away": thirtyDaysAway,
  "big-order": bigOrder,
} satisfies Record<string, Recipe>;
export type RecipeId = keyof typeof recipes;
export const RECIPES = Object.keys(recipes).filter(isRecipe);

export function isRecipe(id: string): id is RecipeId {
  return Object.hasOwn(recipes, id);
}

/** A recipe with the names of its offers forgotten, for whoever walks over all of them. */
export const recipeOf = (id: RecipeId): Recipe => recipes[id];
