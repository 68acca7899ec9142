import { z } from "zod";
import type { OfferId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { called, OfferName } from "@/core/loyalty/offer-name";
import { ok, refuse } from "@/core/refusals";
import type { Locale } from "@/core/text";
import { json, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { refuseLastDay } from "./last-day";
import { OfferView, readOffers } from "./offer-view";

/** Coupons that may stand at once; null = no limit. */
export const Stock = z.int().min(0).max(100_000_000).nullable();
/** Coupons one member may get in all; null = no limit. */
export const PerMember = z.int().min(1).max(10_000).nullable();

const CreateOffer = z.strictObject({
  name: OfferName,
  terms: OfferTerms,
  stock: Stock.default(null),
  perMember: PerMember.default(null),
});

export const createOffer = useCase({
  may: "offer.write",
  input: CreateOffer,
  output: OfferView,
  audit: "offer.created",
  says: "Make an offer, with one name or one per language; money in minor units",
  async run({ tx, actor: { workspace }, now, newId }, { name: given, terms, stock, perMember }) {
    const id = newId<OfferId>();
    const stranger = await unknownStore(tx, workspace, terms);
    if (stranger >= 0) return refuse("not_found", "no such store here", ["terms", "stores", stranger]);
    const isOver = await refuseLastDay(tx, workspace, terms, now);
    if (isOver) return isOver;
    const { name, names } = called(given, await languageOf(tx, workspace));
    await tx.run(sql`
      INSERT INTO offer (workspace_id, id, name, names, kind, terms, per_member, created_at, updated_at)
      VALUES (${workspace}, ${id}, ${name}, ${json(names)}, ${terms.discount.kind}, ${json(terms)}, ${perMember}, ${now}, ${now})`);
    await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${workspace}, ${id}, ${stock})`);
    const [offer] = await readOffers(tx, workspace, sql`o.id = ${id}`, 1);
    return offer ? ok(offer) : refuse("not_found");
  },
});

export const languageOf = async (tx: Tx, workspace: WorkspaceId): Promise<Locale> =>
  (await tx.one<{ locale: Locale }>(sql`SELECT locale FROM workspace WHERE id = ${workspace}`))?.locale ?? "en";

/** The place of the first store that is none of this workspace's; -1 when all are. */
export async function unknownStore(tx: Tx, workspace: WorkspaceId, { stores }: OfferTerms): Promise<number> {
  if (stores === null) return -1;
  const rows = await tx.rows<{ id: string }>(
    sql`SELECT id FROM store WHERE workspace_id = ${workspace} AND id = ANY(${stores}::uuid[])`,
  );
  const known = new Set(rows.map((row) => row.id));
  return stores.findIndex((store) => !known.has(store));
}
