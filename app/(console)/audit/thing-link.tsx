"use client";
import Link from "next/link";
import type { Thing } from "@/core/audit/actions";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { useT } from "../../_i18n/use-t";
import { useEventName } from "../../_ui/loyalty/event-name";
import { useOfferName } from "../../_ui/loyalty/offer-name";
import classes from "./audit.module.css";

/** Where a thing is to be seen; what has no page of its own is named only. */
const PLACES: Partial<Record<Thing, (id: string) => string>> = {
  journey: (id) => `/journeys/${id}`,
  run: (id) => `/runs/${id}`,
  member: (id) => `/members/${id}`,
  segment: () => "/segments",
  offer: () => "/offers",
  message: (id) => `/messages?view=all&message=${id}`,
  task: (id) => `/tasks/${id}`,
  store: (id) => `/stores/${id}`,
  merchant: (id) => `/stores?merchant=${id}`,
  key: () => "/integrations",
  person: () => "/settings/team",
  letter: (id) => `/events?show=rejected&state=all&letter=${id}`,
};

/** A thing of the audit by its name, leading to its page. */
export function ThingLink({
  thing,
  id,
  name,
  names,
}: {
  thing: Thing;
  id: string;
  name: string | null;
  names?: OfferNames;
}) {
  const t = useT("audit");
  const words = useT("letters");
  const eventName = useEventName();
  const offerName = useOfferName();
  /** A letter's name begins with its event's, as programs know it. */
  const letterName = (own: string) => {
    const [event = "", ...number] = own.split(" · ");
    return [event === "" ? words("unnamed") : eventName(event), ...number].join(" · ");
  };
  const place = PLACES[thing];
  const isNamed = name !== null || thing === "message";
  const called =
    name === null ? null : thing === "letter" ? letterName(name) : offerName({ name, ...(names && { names }) });
  const text = called ?? (thing === "message" ? id.slice(0, 13) : t("unnamed"));
  if (!place || !isNamed) return <span className={name === null ? classes.faint : undefined}>{text}</span>;
  return (
    <Link href={place(id)} className={classes.thing}>
      {text}
    </Link>
  );
}
