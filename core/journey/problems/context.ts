import type { JourneyNode } from "../document";
import type { DraftNode } from "../draft";

/** What exists around a draft. What is left out is not checked. */
export type Context = {
  journeys?: { id: string; name: string; state: string }[];
  offers?: { id: string; name: string; state: string }[];
  segments?: { id: string }[];
  /** Nodes read before; only for drafts whose nodes never change in place. */
  known?: WeakMap<JourneyNode, DraftNode>;
};
