import type { EventType } from "../events/inbox-event";
import type { WorkspaceId } from "../ids";
import type { Validity } from "../loyalty/offer";
import type { OfferNames } from "../loyalty/offer-name";
import type { PointsPolicy } from "../loyalty/points-policy";
import type { LoadedMember } from "../members/loaded-member";
import type { QuietHours } from "../message/settings";
import type { Plan } from "../plan/plan";
import type { Arm, Both, Holdout } from "../policy/holdout";
import type { Facts } from "../rules/facts";

/** What one simulation is given. Instants are epoch milliseconds. */
export type Scene = {
  workspace: WorkspaceId;
  plan: Plan;
  /** As they are at `starts`, with the daily facts and coupons that the plan's rules ask for. */
  member: LoadedMember;
  /** The workspace's zone. */
  zone: string;
  starts: number;
  /** What would happen later is not looked at. */
  ends: number;
  events: readonly Happening[];
  /** By id; an offer that is not there does not exist. */
  offers?: Record<string, OfferOnHand>;
  /** The lots of the member's points; absent = they never end. */
  lots?: readonly { remaining: number; lastDay: string | null }[];
  /** When points end that the journey gives; absent = as a workspace has it that chose nothing. */
  points?: PointsPolicy;
  /** Until when another journey of the same exclusion group has the member. */
  excludedUntil?: number;
  /** The workspace's holdout; absent = nobody is kept out of all journeys. */
  holdout?: Holdout | null;
  /** On which side of those comparisons the member is since before; absent = met none. */
  arms?: Both<Arm>;
  /** The workspace's quiet hours; absent = none. */
  quietHours?: QuietHours | null;
  /** What the member was exposed to before, by experiment. */
  variants?: Record<string, string>;
  pace?: Pace;
  /** Fills a template of an emitted event's property; undefined leaves the property out. Absent: plain text only. */
  fill?(template: string, facts: Facts): string | undefined;
};

/** Something that happens to the member. `at`: when it is accepted. */
export type Happening = {
  at: number;
  name: string;
  /** Absent = made up from its place. */
  id?: string;
  /** Absent = `track`, and `system` for a journey's start and stop. */
  type?: EventType;
  properties?: Record<string, unknown>;
  traits?: Record<string, unknown>;
  /** Absent = the instant it is accepted. */
  occurredAt?: number;
  isHistorical?: boolean;
  /** The node it answers: the task, call, message or coupon that the node made last is named in the event's properties. */
  about?: string;
  /** What a task or a call that it closes says. */
  answer?: Record<string, unknown>;
};

/** What may be issued. null = without limit. `had`: how many the member had before. */
export type OfferOnHand = {
  name: string;
  names?: OfferNames;
  validity: Validity;
  isActive?: boolean;
  left: number | null;
  perMember: number | null;
  had?: number;
};

/** How many milliseconds pass until a conductor comes for a run that is ready, or whose time has come; events that come meanwhile are its mail. */
export type Pace = { ready: number; due: number };
