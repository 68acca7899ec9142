import { z } from "zod";
import type { OfferId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { called, OfferName } from "@/core/loyalty/offer-name";
import { ok, refuse } from "@/core/refusals";
import { json, sql } from "@/platform/db";
import { changedMeanwhile } from "../access/meanwhile";
import { useCase } from "../access/use-case";
import { languageOf, PerMember, Stock, unknownStore } from "./create";
import { refuseLastDay } from "./last-day";
import { OfferState, OfferView, readOffers } from "./offer-view";

const FIELDS = {
  name: OfferName.optional(),
  terms: OfferTerms.optional(),
  stock: Stock.optional(),
  perMember: PerMember.optional(),
};
const UpdateOffer = z.strictObject({
  offer: z.uuid().transform((id) => id as OfferId),
  ...FIELDS,
  state: OfferState.optional(),
  was: z
    .strictObject(FIELDS)
    .optional()
    .describe(
      "the changed fields as they were when you read them; where somebody else has changed one since, nothing is done",
    ),
});

/**
 * Changes an offer. Discount and stores hold for coupons already issued too; validity only for new ones, whose end is fixed at issue.
 * A paused or archived offer issues no more, and its coupons are still honoured.
 */
export const updateOffer = useCase({
  may: "offer.write",
  input: UpdateOffer,
  output: OfferView,
  audit: "offer.updated",
  records: ({ was: _, ...changes }) => changes,
  says: "Change an offer; what is left out stays, and a name takes the place of those in all languages",
  async run({ tx, actor: { workspace }, now }, { offer, name, terms, stock, perMember, state, was }) {
    const stranger = terms ? await unknownStore(tx, workspace, terms) : -1;
    if (stranger >= 0) return refuse("not_found", "no such store here", ["terms", "stores", stranger]);
    const isOver = terms && (await refuseLastDay(tx, workspace, terms, now, offer));
    if (isOver) return isOver;
    const language = await languageOf(tx, workspace);
    if (was) {
      // Two who change the same offer at once come one after the other.
      await tx.run(sql`SELECT 1 FROM offer WHERE workspace_id = ${workspace} AND id = ${offer} FOR NO KEY UPDATE`);
      const [stored] = await readOffers(tx, workspace, sql`o.id = ${offer}`, 1);
      const overtaken = stored && changedMeanwhile(was, asGiven(stored), { name, terms, stock, perMember });
      if (overtaken) return overtaken;
    }
    const named = name !== undefined ? called(name, language) : undefined;
    const found = await tx.run(sql`
      UPDATE offer
      SET name = coalesce(${named?.name ?? null}, name), names = coalesce(${named ? json(named.names) : null}::jsonb, names), state = coalesce(${state ?? null}, state),
          terms = coalesce(${terms ? json(terms) : null}::jsonb, terms), kind = coalesce(${terms?.discount.kind ?? null}, kind),
          per_member = CASE WHEN ${perMember !== undefined}::boolean THEN ${perMember ?? null}::int ELSE per_member END, updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${offer}`);
    if (!found) return refuse("not_found", "no such offer");
    if (stock !== undefined) {
      // The condition is judged on the row as locked, after whoever is issuing.
      const set = await tx.run(sql`
        UPDATE offer_stock SET stock = ${stock}
        WHERE workspace_id = ${workspace} AND offer_id = ${offer} AND (${stock}::int IS NULL OR issued <= ${stock}::int)`);
      if (!set) return refuse("conflict", "more coupons than that were issued already", ["stock"]);
    }
    const [changed] = await readOffers(tx, workspace, sql`o.id = ${offer}`, 1);
    return changed ? ok(changed) : refuse("not_found");
  },
});

/** What is stored in the fields as a caller gives them. */
const asGiven = ({ name, names, terms, stock, perMember }: OfferView) => ({
  name: Object.keys(names).length > 0 ? names : name,
  terms: OfferTerms.safeParse(terms).data ?? terms,
  stock,
  perMember,
});
