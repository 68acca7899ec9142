import { bigOrder } from "@/core/journey/big-order-harness";
import { call } from "@/services/access/use-case";
import { value } from "@/tests/harness/lifecycle";
import type { Shop } from "@/tests/harness/shop";
import { createJourney } from "./drafting/create";
import type { JourneyView } from "./journey-view";
import { publishJourney } from "./publishing/publish";

/** The big order's journey over a shop's own offer. */
export const drawn = (of: Shop) =>
  JSON.parse(JSON.stringify(bigOrder).replaceAll(/"offer":"[^"]+"/g, `"offer":"${of.offer}"`));
export const made = async (of: Shop, document: unknown = drawn(of)): Promise<JourneyView> =>
  value(await call(createJourney, of.actor(), { document }));
export const publish = (of: Shop, journey: string, more: object = {}) =>
  call(publishJourney, of.actor(), { journey, ...more });
