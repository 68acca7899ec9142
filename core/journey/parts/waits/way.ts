import { z } from "zod";
import type { Text } from "../../../text";
import { PortId } from "../port-id";
import { conditionPart } from "./condition";
import { datePart } from "./date";
import { durationPart } from "./duration";
import { eventPart } from "./event";
import { type WaitPartId, waitParts } from "./registry";
import type { WaitPart } from "./wait-part";
import { windowPart } from "./window";

/** The port of those for whom nothing came in time. */
export const TIMEOUT = "timeout";

const named = {
  id: PortId.refine((id) => id !== TIMEOUT, "“timeout” is the port of those for whom none happens"),
  /** What the way is called; absent = what it waits for. */
  name: z.string().trim().min(1).max(40).optional(),
};

/** One of several things waited for at once, with the way that it opens. Without `is` it is an event, as drawings had it that knew no other. */
export const Way = z.discriminatedUnion("is", [
  z.strictObject({ ...named, is: z.literal("event" satisfies WaitPartId).optional(), ...eventPart.fields }),
  z.strictObject({ ...named, is: z.literal("condition" satisfies WaitPartId), ...conditionPart.fields }),
  z.strictObject({ ...named, is: z.literal("date" satisfies WaitPartId), ...datePart.fields }),
  z.strictObject({ ...named, is: z.literal("window" satisfies WaitPartId), ...windowPart.fields }),
  z.strictObject({ ...named, is: z.literal("duration" satisfies WaitPartId), ...durationPart.fields }),
]);
export type Way = z.infer<typeof Way>;

/** The part that a way is made of; its config is the way itself. */
export const partOf = ({ is }: Pick<Way, "is">): WaitPart => waitParts[is ?? "event"];

/** What a way is called: by its author, else by what it waits for. */
export const wayName = (way: Way): Text => (way.name ? { en: way.name, "zh-CN": way.name } : partOf(way).called(way));
