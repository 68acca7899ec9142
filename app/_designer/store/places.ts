import { z } from "zod";
import type { Positions } from "../geometry/shape";

type Storing = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const Kept = z.object({ shape: z.string(), cards: z.array(z.tuple([z.string(), z.number(), z.number()])).max(5000) });
const Recent = z.array(z.string());
const RECENT = "regulars.places";
const keyOf = (journey: string) => `${RECENT}.${journey}`;
/** 200 steps take 6 kB of the 5 MB that a browser keeps for a site. */
const JOURNEYS = 60;

/** Where the layout put a journey's cards when this browser last drew this very shape, so that opening it waits for no layout. */
export function readPlaces(journey: string, shape: string, storage: Storing): Positions | undefined {
  try {
    const kept = Kept.safeParse(JSON.parse(storage.getItem(keyOf(journey)) ?? "null")).data;
    if (kept?.shape !== shape) return undefined;
    return Object.fromEntries(kept.cards.map(([id, x, y]) => [id, { x, y }]));
  } catch {
    return undefined;
  }
}

/** Whether anything is remembered of a journey; its drawing may have changed since. */
export function hasPlaces(journey: string, storage: Pick<Storage, "getItem">): boolean {
  try {
    return storage.getItem(keyOf(journey)) !== null;
  } catch {
    return false;
  }
}

/** Remembers a layout in place of the journey's last one; the journeys opened longest ago are forgotten. */
export function keepPlaces(journey: string, shape: string, positions: Positions, storage: Storing): void {
  try {
    const recent = Recent.safeParse(JSON.parse(storage.getItem(RECENT) ?? "[]")).data ?? [];
    const now = [journey, ...recent.filter((one) => one !== journey)];
    for (const old of now.splice(JOURNEYS)) storage.removeItem(keyOf(old));
    storage.setItem(RECENT, JSON.stringify(now));
    const cards = Object.entries(positions).map(([id, { x, y }]) => [id, x, y]);
    storage.setItem(keyOf(journey), JSON.stringify({ shape, cards }));
  } catch {
    // private windows and full disks: the next opening lays out anew
  }
}
