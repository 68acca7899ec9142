import type { z } from "zod";
import type { Discount, OfferNote } from "@/core/loyalty/offer";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { couponStart } from "@/core/loyalty/validity";
import { query, sql } from "@/platform/db";
import { couponStateAt } from "../members/coupon-state";
import { verifyCoupon } from "./coupon-link";
import { termsOf } from "./terms";

/** A coupon as its page shows it to whoever holds the link: nothing of whose it is. Instants are read in the workspace's zone. */
export type ShownCoupon = {
  workspaceName: string;
  /** The member's language, else the workspace's. */
  locale: string;
  zone: string;
  currency: string;
  name: string;
  names: OfferNames;
  discount: Discount;
  note: z.infer<typeof OfferNote> | undefined;
  code: string;
  /** `early`: its first day is still to come. */
  state: "usable" | "early" | "redeemed" | "void" | "expired";
  startsAt: Date | null;
  expiresAt: Date | null;
  redeemedAt: Date | null;
  /** Names of the stores that honour it; null = all. */
  stores: string[] | null;
};

type Row = Omit<ShownCoupon, "state" | "discount" | "note" | "startsAt" | "stores"> & {
  state: "issued" | "redeemed" | "void" | "expired";
  terms: string;
};

/** What a coupon's link shows; null for a link that we did not sign, or whose coupon is gone. By the primary key. */
export async function readShownCoupon(token: string, now: Date): Promise<ShownCoupon | null> {
  const signed = verifyCoupon(token);
  if (!signed) return null;
  const { workspace, coupon } = signed;
  return query(workspace, async (tx) => {
    const row = await tx.one<Row>(sql`
      SELECT w.name AS "workspaceName", COALESCE(m.locale, w.locale) AS locale, w.time_zone AS zone, w.currency, o.name, o.names, o.terms::text AS terms, c.code,
        ${couponStateAt(now)} AS state, c.expires_at AS "expiresAt", c.redeemed_at AS "redeemedAt"
      FROM coupon c
      JOIN workspace w ON w.id = c.workspace_id
      JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
      JOIN member m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
      WHERE c.workspace_id = ${workspace} AND c.id = ${coupon}`);
    if (!row) return null;
    const { terms, state, ...rest } = row;
    const { discount, validity, note, stores } = termsOf(terms);
    const startsAt = couponStart(validity, row.zone);
    const names =
      stores &&
      (await tx.rows<{ name: string }>(
        sql`SELECT name FROM store WHERE workspace_id = ${workspace} AND id = ANY(${stores}::uuid[]) ORDER BY name`,
      ));
    return {
      ...rest,
      discount,
      note,
      startsAt,
      stores: names?.map(({ name }) => name) ?? null,
      state: state !== "issued" ? state : startsAt !== null && startsAt > now ? "early" : "usable",
    };
  });
}
