import { z } from "zod";
import { idsInput, page, pageInput } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { isCode, normalCode } from "@/core/loyalty/coupon-code";
import { nameIn } from "@/core/loyalty/offer-name";
import { ok } from "@/core/refusals";
import { LOCALES, type Locale } from "@/core/text";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { namedLike } from "./named-like";
import { OfferState, OfferView, REDEEMED, readOffers } from "./offer-view";

const ListOffers = z.object({
  ...pageInput,
  state: OfferState.optional(),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("a part of its name, in any language, or the code of one of its coupons"),
  ...idsInput,
  sort: z.enum(["created", "changed", "name", "issued", "redeemed"]).default("created"),
  order: z.enum(["asc", "desc"]).default("desc"),
  language: z.enum(LOCALES).optional().describe("whose names are sorted by; absent = the plain name"),
});
const keysIn = (language: Locale | undefined) =>
  ({
    created: { key: sql`o.created_at`, is: "instant" },
    changed: { key: sql`o.updated_at`, is: "instant" },
    name: { key: language ? sql`coalesce(o.names ->> ${language}, o.name)` : sql`o.name`, is: "text" },
    issued: { key: sql`s.issued`, is: "number" },
    redeemed: { key: REDEEMED, is: "number" },
  }) as const;

/** A code that only looks like one finds nothing by itself: it may still be a part of a name. Relies on coupon_workspace_id_code_key. */
function found(workspace: WorkspaceId, q: string): Sql {
  const named = namedLike(sql`o`, q);
  const code = normalCode(q);
  if (!isCode(code)) return named;
  return sql`(${named} OR o.id = (SELECT c.offer_id FROM coupon c WHERE c.workspace_id = ${workspace} AND c.code = ${code}))`;
}

export const listOffers = useCase({
  may: "offer.read",
  input: ListOffers,
  output: z.object({ items: z.array(OfferView), next: z.string().nullable() }),
  says: "Offers, newest first unless asked, with how many were issued and redeemed",
  async run({ tx, actor: { workspace } }, { limit, state, q, ids, language, ...sorting }) {
    const where: Sql[] = [sql`true`];
    if (state) where.push(sql`o.state = ${state}`);
    if (q) where.push(found(workspace, q));
    if (ids) where.push(sql`o.id = ANY(${ids}::uuid[])`);
    const { by, beyond, place } = keyset(sorting, keysIn(language), sql`o.id`);
    if (beyond) where.push(beyond);
    const offers = await readOffers(tx, workspace, join(where, " AND "), limit + 1, by);
    const keyOf = (offer: OfferView) => {
      switch (sorting.sort) {
        case "name":
          return language ? nameIn(offer, language) : offer.name;
        case "created":
          return offer.createdAt;
        case "changed":
          return offer.updatedAt;
        case "issued":
        case "redeemed":
          return offer[sorting.sort];
        default:
          return sorting.sort satisfies never;
      }
    };
    return ok(page(offers, limit, (offer) => place(keyOf(offer), offer.id)));
  },
});
