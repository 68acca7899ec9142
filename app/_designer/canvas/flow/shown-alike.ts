import type { Folded } from "../../edit/fold";
import { isSameShape } from "../../geometry/same-shape";
import { portsOf } from "../../kinds";

/** Whether two drawings, with what is folded in them, differ at most in what is written in their steps. */
export const isShownAlike = (one: Folded, other: Folded): boolean =>
  one.folds.size === other.folds.size &&
  [...one.folds].every(([key, { hidden }]) => other.folds.get(key)?.hidden.join() === hidden.join()) &&
  isSameShape(one.document, other.document, portsOf);
