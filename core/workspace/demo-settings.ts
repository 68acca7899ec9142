import { z } from "zod";

/** The demo's switch: whether simulated customers shop, and how many events a minute they make. */
export const Simulation = z.strictObject({ on: z.boolean(), perMinute: z.int().min(1).max(600) });
export type Simulation = z.infer<typeof Simulation>;

/** The demo part of a workspace's settings, under `demo`; without effect in a workspace that is no demo. */
export const DemoSettings = z.strictObject({ simulate: Simulation });
