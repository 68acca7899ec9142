import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { OfferState, OfferView, readOffers } from "./offer-view";

const ListOffers = z.object({
  ...pageInput,
  state: OfferState.optional(),
  q: z.string().trim().max(120).optional().describe("a part of its name"),
  sort: z.enum(["created", "changed", "name"]).default("created"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
const KEYS = {
  created: { key: sql`o.created_at`, is: "instant" },
  changed: { key: sql`o.updated_at`, is: "instant" },
  name: { key: sql`o.name`, is: "text" },
} as const;
const OF = { created: "createdAt", changed: "updatedAt", name: "name" } as const;

export const listOffers = useCase({
  may: "offer.read",
  input: ListOffers,
  output: z.object({ items: z.array(OfferView), next: z.string().nullable() }),
  says: "Offers, newest first unless asked, with how many were issued and redeemed",
  async run({ tx, actor: { workspace } }, { limit, state, q, ...sorting }) {
    const where: Sql[] = [sql`true`];
    if (state) where.push(sql`o.state = ${state}`);
    if (q) where.push(sql`strpos(lower(o.name), lower(${q})) > 0`);
    const { by, beyond, place } = keyset(sorting, KEYS, sql`o.id`);
    if (beyond) where.push(beyond);
    const offers = await readOffers(tx, workspace, join(where, " AND "), limit + 1, by);
    return ok(page(offers, limit, (offer) => place(offer[OF[sorting.sort]], offer.id)));
  },
});
