import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { OfferState, OfferView, readOffers } from "./offer-view";

const ListOffers = z.object({ ...pageInput, state: OfferState.optional(), q: z.string().trim().max(120).optional() });

export const listOffers = useCase({
  may: "offer.read",
  input: ListOffers,
  output: z.object({ items: z.array(OfferView), next: z.string().nullable() }),
  says: "Offers, newest first, with how many were issued and redeemed",
  async run({ tx, actor: { workspace } }, { cursor, limit, state, q }) {
    const where: Sql[] = [sql`true`];
    if (state) where.push(sql`o.state = ${state}`);
    if (q) where.push(sql`strpos(lower(o.name), lower(${q})) > 0`);
    const after = String(fromCursor(cursor)?.[0] ?? "");
    if (isUuid(after)) where.push(sql`o.id < ${after}`);
    return ok(page(await readOffers(tx, workspace, join(where, " AND "), limit + 1), limit, (offer) => [offer.id]));
  },
});
