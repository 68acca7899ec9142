import { MOST_LIVE } from "./control";
import type { Plan } from "./plan";

/** A member's run of the journey that has not ended. `isGoing`: it is about to move to its next wait or end, whoever moves it. */
export type OnWay = { key: string; isGoing: boolean };

/**
 * Whether a member is kept out of a journey under a key only by runs that are about to move on: they may end, or not, but how soon is a matter of how
 * busy a worker is, and must decide nothing. So those move first, and the event is judged behind them (decision 113).
 */
export const isKeptOutForNow = (plan: Plan, runs: readonly OnWay[], key: string): boolean =>
  isKeptOut(plan, runs, key) &&
  !isKeptOut(
    plan,
    runs.filter(({ isGoing }) => !isGoing),
    key,
  );

/** What re-entry after the end, and how many runs of a member there may be at once, say of those on their way. */
const isKeptOut = ({ reentry, limits }: Plan, runs: readonly OnWay[], key: string): boolean =>
  (reentry.is === "after_end" && runs.some((run) => run.key === key)) ||
  runs.length >= (limits?.perMember ?? MOST_LIVE);
