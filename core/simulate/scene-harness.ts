import type { JourneyId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import { someone } from "../members/someone-harness";
import type { Scene } from "./scene";

/** Monday, nine in the morning in Shanghai. */
export const START = Date.UTC(2026, 2, 2, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A drawing and what happens, from Monday morning for a year. */
export const sceneOf = (drawing: unknown, events: Scene["events"], set: Partial<Scene> = {}): Scene => ({
  workspace: "w" as WorkspaceId,
  plan: compile(JourneyDocument.parse(drawing), {
    workspace: "w" as WorkspaceId,
    journey: "j" as JourneyId,
    version: 1,
  }),
  member: someone(),
  zone: "Asia/Shanghai",
  starts: START,
  ends: START + 366 * DAY,
  events,
  ...set,
});
