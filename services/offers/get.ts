import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { OfferView, readOffers } from "./offer-view";

export const getOffer = useCase({
  may: "offer.read",
  input: z.object({ offer: z.uuid() }),
  output: OfferView,
  says: "One offer",
  async run({ tx, actor: { workspace } }, { offer }) {
    const [found] = await readOffers(tx, workspace, sql`o.id = ${offer}`, 1);
    return found ? ok(found) : refuse("not_found", "no such offer");
  },
});
