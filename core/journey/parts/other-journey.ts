import { z } from "zod";
import type { Problem } from "../problem";

/** The id of a journey that a node acts on; empty until one is chosen. */
export const OtherJourney = z.union([z.uuid("choose a journey"), z.literal("")]);

export const noJourneyYet = (journey: string, node: string): Problem[] =>
  journey !== ""
    ? []
    : [
        {
          code: "journey_unchosen",
          severity: "warning",
          node,
          path: ["journey"],
          says: { en: "No journey is chosen, so nothing happens here.", "zh-CN": "尚未选择旅程，此步骤不会做任何事。" },
        },
      ];
