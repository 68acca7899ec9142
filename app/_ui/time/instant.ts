/** How an instant is written where it stands in a sentence: day and time of the 24-hour clock, as cards and fields have it in both languages. */
export const INSTANT = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
