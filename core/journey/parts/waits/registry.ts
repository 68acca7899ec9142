import { conditionPart } from "./condition";
import { datePart } from "./date";
import { durationPart } from "./duration";
import { eventPart } from "./event";
import type { WaitPart } from "./wait-part";
import { windowPart } from "./window";

/** Everything that can be waited for, in the order in which a form offers it. */
export const waitParts = {
  event: eventPart,
  condition: conditionPart,
  date: datePart,
  window: windowPart,
  duration: durationPart,
} satisfies Record<string, WaitPart>;
export type WaitPartId = keyof typeof waitParts;
export const isWaitPart = (id: unknown): id is WaitPartId => typeof id === "string" && Object.hasOwn(waitParts, id);
export const WAIT_PARTS = Object.keys(waitParts).filter(isWaitPart);
