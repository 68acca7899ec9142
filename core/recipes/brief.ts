import type { JourneyId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import type { Effect } from "../journey/effects/effect";
import { mostOff } from "../loyalty/most-off";
import { heaviestWay, mostOfARun } from "../plan/most";
import type { Step } from "../plan/step";
import { later } from "../time/duration";
import type { Recipe } from "./recipe";

/**
 * What one run of a recipe comes to at most, each by its costliest way. `money`: what its coupons take off, in minor units; `isOpen`: one takes off a
 * share of the order with no cap. `hours`: how long it waits, but for dates and times of day, which depend on the day.
 */
export type Brief = { messages: number; points: number; money: number; isOpen: boolean; hours: number };

const HOUR_MS = 3_600_000;

/** Read from the compiled drawing itself, so that it is true of it. */
export function briefOf(recipe: Recipe): Brief {
  const slots = Object.entries(recipe.offers).map(([slot, { terms }], i) => ({
    slot,
    id: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    worth: mostOff(terms.discount),
  }));
  const document = recipe.document(Object.fromEntries(slots.map(({ slot, id }) => [slot, id])), (text) => text.en);
  const plan = compile(document, { workspace: "" as WorkspaceId, journey: "" as JourneyId, version: 1 });
  const worth = new Map(slots.map(({ id, worth }) => [id, worth]));
  const most = (weigh: (effect: Effect) => number) => mostOfARun(plan, weigh);
  return {
    messages: most((effect) => Number(effect.type === "sendMessage")),
    points: most((effect) => (effect.type === "addPoints" ? effect.points : 0)),
    money: most((effect) => (effect.type === "issueCoupon" && worth.get(effect.offer)) || 0),
    isOpen: most((effect) => Number(effect.type === "issueCoupon" && worth.get(effect.offer) === null)) > 0,
    hours: heaviestWay(plan, hoursOf),
  };
}

/** Until a wait's time is up, whichever way out is taken before. */
function hoursOf(step: Step): number {
  if (step.op !== "wait") return 0;
  const hours = step.first.flatMap((way) =>
    "until" in way && "after" in way.until ? [later(0, way.until.after, "UTC") / HOUR_MS] : [],
  );
  return hours.length > 0 ? Math.min(...hours) : 0;
}
