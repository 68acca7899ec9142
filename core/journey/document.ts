import { z } from "zod";
import { Holdout } from "../policy/holdout";
import type { Rule } from "../rules/rule";
import { RuleDraft } from "../rules/schema";

/** So many steps and notes a journey has at most. */
export const MOST_STEPS = 1000;
export const MOST_NOTES = 100;

/** Points on the canvas: a thousand steps laid out stay far within, and beyond a float loses whole points. */
const MOST_POINTS = 1_000_000;
const Coordinate = z.number().min(-MOST_POINTS).max(MOST_POINTS);
const Place = z.strictObject({ x: Coordinate, y: Coordinate });

/**
 * A journey as the canvas saves it, the API takes it and `npm run journey` reads and writes it.
 * Node configs stay unknown here: the registry of kinds checks each in `problems`, so that a draft may be incomplete; so may its goal and exits.
 */
export const JourneyDocument = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** The id of the trigger node. */
  entry: z.string().max(64),
  nodes: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "letters, digits, - and _ only"),
        kind: z.string().max(64),
        /** The root id of the node it stands in for: waiting members, journal and counts are its own. A copy has none. */
        replaces: z.string().max(64).optional(),
        config: z.record(z.string(), z.unknown()),
        title: z.string().max(80).optional(),
        note: z.string().max(2000).optional(),
        /** Where the marketer put it; absent = laid out automatically. */
        at: Place.optional(),
      }),
    )
    .max(MOST_STEPS),
  edges: z
    .array(z.strictObject({ from: z.string().max(64), port: z.string().max(64), to: z.string().max(64) }))
    .max(4000),
  /** What colleagues stuck onto the canvas; nothing of it is published. */
  notes: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "letters, digits, - and _ only"),
        text: z.string().max(2000),
        at: Place,
      }),
    )
    .max(MOST_NOTES)
    .optional(),
  goal: z
    .strictObject({ on: z.string().max(120).optional(), when: RuleDraft, value: z.string().max(120).optional() })
    .optional(),
  exits: z
    .array(z.strictObject({ on: z.string().max(120).optional(), when: RuleDraft }))
    .max(20)
    .optional(),
  settings: z
    .strictObject({
      reentry: z
        .union([
          z.strictObject({ is: z.enum(["once", "after_end", "always"]) }),
          z.strictObject({ is: z.literal("every"), days: z.int().min(1).max(3650) }),
          z.strictObject({ is: z.literal("per_key"), key: z.string().min(1).max(120) }),
        ])
        .default({ is: "after_end" }),
      priority: z.int().min(-100).max(100).default(0),
      /** Members kept out and observed, so that the journey's effect shows. */
      holdout: Holdout.optional(),
      /** How often a run may pass one step of a loop; absent = 1000. */
      visits: z.int().min(1).max(100_000).optional(),
      /** What becomes of a run that would go round once more: it leaves the journey (absent), or fails, for somebody to see and to retry. */
      afterVisits: z.enum(["leave", "fail"]).optional(),
      /** Who comes when it is full does not enter. `perMember`: on their way at once; absent = 100. */
      limits: z
        .strictObject({
          total: z.int().min(1).max(1_000_000_000).optional(),
          daily: z.int().min(1).max(1_000_000_000).optional(),
          live: z.int().min(1).max(1_000_000).optional(),
          perMember: z.int().min(1).max(1000).optional(),
        })
        .optional(),
      /** Journeys of one group exclude each other: of several that want a member at once, the one with the highest priority. */
      group: z
        .strictObject({ name: z.string().trim().min(1).max(80), days: z.int().min(0).max(3650).default(30) })
        .optional(),
      /** Members who match already when it is published: a segment's members, members inactive for long enough. Absent = none. */
      existing: z
        .union([
          z.strictObject({ is: z.enum(["now", "none"]) }),
          z.strictObject({ is: z.literal("spread"), days: z.int().min(1).max(90) }),
        ])
        .optional(),
      /** Most that its promotions may cost, in minor units. */
      budget: z.int().min(1).max(1_000_000_000_000).optional(),
    })
    .prefault({}),
});
export type JourneyDocument = z.infer<typeof JourneyDocument>;
export type JourneyNode = JourneyDocument["nodes"][number];
export type JourneyEdge = JourneyDocument["edges"][number];
export type JourneyNote = NonNullable<JourneyDocument["notes"]>[number];
export type { Rule };
