import type { Arrival } from "@/core/events/arrival";
import type { WorkspaceId } from "@/core/ids";
import { UNKNOWN_PLACE, type Untaken } from "@/core/members/untaken";
import { engine, sql } from "@/platform/db";
import { log } from "@/platform/log";

type Places = { store: ReadonlySet<string>; merchant: ReadonlySet<string> };

/** A new store is known this long after it was made at the latest. */
const FRESH_MS = 5_000;
const MOST_KEPT = 200;
const known = new Map<WorkspaceId, { at: number; places: Promise<Places> }>();

/**
 * Of each event the store and merchant that the workspace does not have: a typing error, or a till that was never set up. Nothing is told in a
 * workspace without stores, and nothing asked where no event names one. Never throws: it is only a hint.
 */
export async function unknownPlaces(workspace: WorkspaceId, arrivals: readonly Arrival[]): Promise<Untaken[][]> {
  if (!arrivals.some(({ draft: { properties } }) => isSaid(properties.store) || isSaid(properties.merchant))) return [];
  try {
    const places = await placesOf(workspace);
    return arrivals.map(({ draft: { properties } }) =>
      (["store", "merchant"] as const).flatMap((kind) => {
        const said = properties[kind];
        return isSaid(said) && places[kind].size > 0 && !places[kind].has(said) ? [UNKNOWN_PLACE(kind)] : [];
      }),
    );
  } catch (error) {
    log("events").warn({ err: error }, "stores could not be read");
    return [];
  }
}

const isSaid = (value: unknown): value is string => typeof value === "string" && value !== "";

function placesOf(workspace: WorkspaceId): Promise<Places> {
  const now = Date.now();
  const hit = known.get(workspace);
  if (hit && now - hit.at < FRESH_MS) return hit.places;
  if (known.size >= MOST_KEPT) known.clear();
  const places = engine((tx) =>
    Promise.all([
      tx.rows<{ id: string; code: string }>(sql`SELECT id, code FROM store WHERE workspace_id = ${workspace}`),
      tx.rows<{ id: string; code: string }>(sql`SELECT id, code FROM merchant WHERE workspace_id = ${workspace}`),
    ]),
  ).then(([stores, merchants]) => ({ store: namesOf(stores), merchant: namesOf(merchants) }));
  known.set(workspace, { at: now, places });
  places.catch(() => known.delete(workspace));
  return places;
}

const namesOf = (rows: readonly { id: string; code: string }[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ id, code }) => [id, code]));
