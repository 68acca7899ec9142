import type { z } from "zod";
import type { Go, Waiting } from "../../../plan/step";
import type { Text } from "../../../text";
import type { JourneyDocument } from "../../document";
import type { Problem } from "../../problem";

/** Where a part's settings stand: in which node of which drawing, below which path of its config. */
export type Place = { document: JourneyDocument; node: string; path: (string | number)[] };

/**
 * One thing to wait for. The wait for it alone is a kind of its own; "first of several" takes any of them. Methods, not arrow properties, so that the
 * registry needs no `any`.
 */
export type WaitPart<C = unknown> = {
  /** What sort of thing it is, among the others. */
  name: Text;
  /** Its fields, as configs hold them. */
  fields: z.ZodRawShape;
  initial: C;
  /** What a way that it opens is called, where its author gave it no name. */
  called(config: C): Text;
  opens(config: C, go: Go): Waiting;
  problems?(config: C, place: Place): Problem[];
};
