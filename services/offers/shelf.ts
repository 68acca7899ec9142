import type { OfferId, WorkspaceId } from "@/core/ids";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { sql, type Tx } from "@/platform/db";
import { listens } from "../plans/listening";
import { lockStock } from "./stock";
import { ISSUED } from "./tell";

export type OfferRow = {
  id: OfferId;
  name: string;
  names: OfferNames;
  /** As text, for `termsOf`. */
  terms: string;
  state: string;
  per_member: number | null;
  time_zone: string;
};

/**
 * What issuing needs to know of offers, read once for all that a transaction may issue. The limited stocks are locked, by id, so that two
 * transactions that issue the same offers in different orders do not wait for each other; `stocks` is what is left of them, and goes down as
 * coupons are planned. `counted`: what unlimited offers gave, to be counted last (`countIssued`), for every campaign's batches meet in that row.
 */
export type Shelf = {
  /** What it was opened for; of these, an offer that is not in `offers` does not exist. */
  asked: ReadonlySet<OfferId>;
  offers: ReadonlyMap<OfferId, OfferRow>;
  stocks: Map<OfferId, number>;
  isHeard: boolean;
  counted: Map<OfferId, number>;
};

/** One round trip. The members whose caps count are locked before: members come before counters. */
export async function openShelf(tx: Tx, workspace: WorkspaceId, ids: readonly OfferId[]): Promise<Shelf> {
  const asked = new Set(ids);
  const counted = new Map<OfferId, number>();
  if (ids.length === 0) return { asked, offers: new Map(), stocks: new Map(), isHeard: false, counted };
  const [rows, stocks, heard] = await Promise.all([
    tx.rows<OfferRow>(sql`
    SELECT o.id, o.name, o.names, o.terms::text AS terms, o.state, o.per_member, w.time_zone FROM offer o JOIN workspace w ON w.id = o.workspace_id
    WHERE o.workspace_id = ${workspace} AND o.id = ANY(${ids}::uuid[])`),
    lockStock(tx, workspace, ids),
    listens(tx, workspace, [ISSUED]),
  ]);
  return { asked, offers: new Map(rows.map((row) => [row.id, row])), stocks, isHeard: heard.has(ISSUED), counted };
}
