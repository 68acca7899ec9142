import { z } from "zod";

const Visit = z.object({ href: z.string().startsWith("/"), label: z.string(), icon: z.string() });
export type Visit = z.infer<typeof Visit>;
const MOST = 8;
const keyOf = (workspace: string) => `regulars.recent.${workspace}`;

/** The things this browser opened last in a workspace, the latest first. What is stored and is none of ours is passed over. */
export function readRecent(workspace: string): Visit[] {
  try {
    return z.array(Visit).parse(JSON.parse(window.localStorage.getItem(keyOf(workspace)) ?? "[]"));
  } catch {
    return [];
  }
}

/** Keeps a visit; a browser that stores nothing has no recent things. */
export function remember(workspace: string, visit: Visit): void {
  const others = readRecent(workspace).filter(({ href }) => href !== visit.href);
  try {
    window.localStorage.setItem(keyOf(workspace), JSON.stringify([visit, ...others].slice(0, MOST)));
  } catch {
    // Nothing is lost but convenience.
  }
}
