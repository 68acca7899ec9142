import type { OfferNames } from "../../loyalty/offer-name";
import type { Standing } from "../../loyalty/standing";
import type { JourneyNode } from "../document";
import type { DraftNode } from "../draft";
import type { Feed } from "../feed";

/** What exists around a draft. What is left out is not checked. */
export type Context = {
  journeys?: { id: string; name: string; state: string }[];
  offers?: { id: string; name: string; names?: OfferNames; standing: Standing }[];
  segments?: { id: string }[];
  /** The draft's own journey, where it is one. */
  self?: string;
  /** Journeys that are live, as far as one starts another. */
  neighbours?: readonly Feed[];
  /** What no promotion may use: the tags marked sensitive, and which tags each segment wants its members to carry. */
  sensitive?: { tags: readonly string[]; segments: Readonly<Record<string, readonly string[]>> };
  /** Nodes read before; only for drafts whose nodes never change in place. */
  known?: WeakMap<JourneyNode, DraftNode>;
};
