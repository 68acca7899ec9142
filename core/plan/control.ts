import type { StepId } from "../ids";

/** System events by which one journey acts on another for the same member; `journey_id` names which. */
export const JOURNEY_START = "journey_start";
export const JOURNEY_STOP = "journey_stop";
/** Two members were joined by hand: the survivor's next turn brings the runs of the merged one. */
export const MEMBER_MERGED = "member_merged";

/** The reason of a run that its own way led to where an exit without an event held. */
export const EXIT_HELD = "an exit of the journey held";

/** Where the journal counts the events that a run on its way had no room for; no step of any drawing. */
export const MAIL = "@mail" as StepId;

/** Journeys that start each other, or send each other events, stop at this many: no drawing means more. */
export const DEEPEST = 10;
/** How many journeys one after another led to what a run does now; beyond `DEEPEST` it begins no other. */
export const depthAfter = ({ entry }: { entry: { depth?: number } }): number => (entry.depth ?? 0) + 1;

/**
 * From so many journeys one after another on, what they lead to is counted: a member enters a journey by such events this often in 24 hours. Depth
 * alone bounds no circle that widens as it goes round, where each run tells two pieces of news.
 */
export const DEEP = 3;
export const MOST_DEEP = 100;
export const DEEP_WITHIN = 24 * 60 * 60 * 1000;

/** Runs of one member in one journey at once. More is no person, but a till's guest whose every order begins one: each is read for every event. */
export const MOST_LIVE = 100;
