"use client";
import { createContext, useContext } from "react";

/** Somebody else in the same journey; `hue` names one of the families' colours, the same for one person in every window. */
export type Person = { person: string; name: string; selected: string[]; hue: number };

export const PeopleContext = createContext<Person[]>([]);
export const usePeople = (): Person[] => useContext(PeopleContext);

const HUES = ["action", "condition", "wait", "trigger", "end"] as const;
export const hueOf = (hue: number): (typeof HUES)[number] => HUES[hue % HUES.length] ?? "action";

/** The windows of others as people: one who has two windows open is one person, where they looked last. */
export function people(
  windows: { visit: string; person: string; name: string; selected: string[] }[],
  own: string,
): Person[] {
  const others = windows.filter((one) => one.visit !== own);
  const ids = [...new Set(others.map((one) => one.person))];
  return ids.map((person) => {
    const mine = others.filter((one) => one.person === person);
    const last = mine.at(-1);
    return {
      person,
      name: last?.name ?? "",
      selected: last?.selected ?? [],
      hue: [...person].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7),
    };
  });
}

/** The first letter or character of a name, for a small round picture. */
export const initial = (name: string): string => [...name.trim()][0]?.toLocaleUpperCase() ?? "?";
