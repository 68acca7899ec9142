/** What the clock asks for; each goes on by itself, whatever becomes of the others. */
export const CHORES = [
  "tellExpiries",
  "expirePoints",
  "endTiers",
  "cancelTasks",
  "forgetKeys",
  "forgetAnswers",
  "forgetTurnedAway",
  "forgetAttempts",
] as const;
export type Chore = (typeof CHORES)[number];
