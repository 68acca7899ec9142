/** System events by which one journey acts on another for the same member; `journey_id` names which. */
export const JOURNEY_START = "journey_start";
export const JOURNEY_STOP = "journey_stop";

/** Journeys that start each other, or send each other events, stop at this many: no drawing means more. */
export const DEEPEST = 10;
