import { z } from "zod";
import { PointsPolicy } from "./points-policy";

/** The loyalty part of a workspace's settings, under `loyalty`. */
export const LoyaltySettings = z.object({
  points: PointsPolicy.default({ expiry: "rolling", months: 12 }),
});
export type LoyaltySettings = z.infer<typeof LoyaltySettings>;
