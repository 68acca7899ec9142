/** What upkeep did before its schedule said what: workflows that were started without a list go by this one, so it never changes. */
export const FIRST_CHORES = [
  "tellExpiries",
  "expirePoints",
  "endTiers",
  "cancelTasks",
  "forgetKeys",
  "forgetAnswers",
  "forgetTurnedAway",
  "forgetAttempts",
] as const;
/** What the clock asks for; each goes on by itself, whatever becomes of the others. */
export const CHORES = [...FIRST_CHORES, "forgetMessageHours", "foldHours"] as const;
export type Chore = (typeof CHORES)[number];
