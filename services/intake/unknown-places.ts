import type { EventDraft } from "@/core/events/draft";
import type { WorkspaceId } from "@/core/ids";
import { UNKNOWN_PLACE, type Untaken } from "@/core/members/untaken";
import { engine, sql, type Tx } from "@/platform/db";
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
export async function unknownPlaces(
  workspace: WorkspaceId,
  events: readonly Pick<EventDraft, "properties">[],
): Promise<Untaken[][]> {
  if (!events.some(nameAny)) return [];
  try {
    const places = await placesOf(workspace);
    return events.map((event) => strangers(event, places));
  } catch (error) {
    log("events").warn({ err: error }, "stores could not be read");
    return [];
  }
}

/** The same of events that are stored, within a transaction of the caller's. */
export async function placesUnknownTo(
  tx: Tx,
  workspace: WorkspaceId,
  events: readonly Pick<EventDraft, "properties">[],
): Promise<Untaken[][]> {
  if (!events.some(nameAny)) return [];
  const places = await readPlaces(tx, workspace);
  return events.map((event) => strangers(event, places));
}

const nameAny = ({ properties }: Pick<EventDraft, "properties">): boolean =>
  isSaid(properties.store) || isSaid(properties.merchant);

const strangers = ({ properties }: Pick<EventDraft, "properties">, places: Places): Untaken[] =>
  (["store", "merchant"] as const).flatMap((kind) => {
    const said = properties[kind];
    return isSaid(said) && places[kind].size > 0 && !places[kind].has(said) ? [UNKNOWN_PLACE(kind)] : [];
  });

const isSaid = (value: unknown): value is string => typeof value === "string" && value !== "";

function placesOf(workspace: WorkspaceId): Promise<Places> {
  const now = Date.now();
  const hit = known.get(workspace);
  if (hit && now - hit.at < FRESH_MS) return hit.places;
  if (known.size >= MOST_KEPT) known.clear();
  const places = engine((tx) => readPlaces(tx, workspace));
  known.set(workspace, { at: now, places });
  places.catch(() => known.delete(workspace));
  return places;
}

async function readPlaces(tx: Tx, workspace: WorkspaceId): Promise<Places> {
  const [stores, merchants] = await Promise.all([
    tx.rows<{ id: string; code: string }>(sql`SELECT id, code FROM store WHERE workspace_id = ${workspace}`),
    tx.rows<{ id: string; code: string }>(sql`SELECT id, code FROM merchant WHERE workspace_id = ${workspace}`),
  ]);
  return { store: namesOf(stores), merchant: namesOf(merchants) };
}

const namesOf = (rows: readonly { id: string; code: string }[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ id, code }) => [id, code]));
