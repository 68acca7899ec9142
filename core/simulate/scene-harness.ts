import type { JourneyId, MemberId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import type { LoadedMember } from "../members/loaded-member";
import type { Scene } from "./scene";

/** Monday, nine in the morning in Shanghai. */
export const START = Date.UTC(2026, 2, 2, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const someone = (set: Partial<LoadedMember> = {}): LoadedMember => ({
  id: "m" as MemberId,
  isAnonymous: false,
  name: null,
  phone: null,
  email: null,
  locale: null,
  timeZone: null,
  birthday: "2000-02-29",
  gender: null,
  tier: "basic",
  joinedAt: 0,
  joinedStore: null,
  orders: 0,
  spent: 0,
  firstOrderAt: null,
  lastOrderAt: null,
  visits: 0,
  lastVisitAt: null,
  lastSeenAt: null,
  points: 0,
  tags: [],
  attributes: {},
  attributeTimes: {},
  coupons: [],
  days: [],
  ...set,
});

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
