"use client";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { useOfferWords } from "../../../_ui/loyalty/offer-words";
import { StateBadge } from "../../../_ui/page/state-badge";
import type { ShelfOffer } from "../../shelf";
import classes from "./offers.module.css";

/** What an offer gives, how long it lasts, and how many are left or out, in one line. */
export function useOfferLine(): (offer: ShelfOffer) => string[] {
  const t = useT("designerOffers");
  const format = useFormatter();
  const words = useOfferWords();
  return ({ terms, stock, issued }) => {
    const out = t("issued", { count: format.number(issued) });
    return [
      words.gives(terms),
      words.lasts(terms),
      stock === null ? out : t("left", { left: format.number(Math.max(0, stock - issued)), out }),
    ];
  };
}

/** An offer among others to choose from. */
export function OfferRow({ offer, note }: { offer: ShelfOffer; note?: string | undefined }) {
  const [gives, lasts, left] = useOfferLine()(offer);
  return (
    <span className={classes.row} data-standing={offer.standing} data-testid={`offer-${offer.id}`}>
      <span className={classes.top}>
        <b>{offer.name}</b>
        {note && <small>{note}</small>}
        {offer.standing !== "active" && <StateBadge of="offer" state={offer.standing} />}
      </span>
      <span className={classes.line}>
        <span>
          {gives} · {lasts}
        </span>
        <span>{left}</span>
      </span>
    </span>
  );
}
