"use client";
import Link from "next/link";
import type { Thing } from "@/core/audit/actions";
import { useT } from "../../_i18n/use-t";
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
};

/** A thing of the audit by its name, leading to its page. */
export function ThingLink({ thing, id, name }: { thing: Thing; id: string; name: string | null }) {
  const t = useT("audit");
  const place = PLACES[thing];
  const isNamed = name !== null || thing === "message";
  const text = name ?? (thing === "message" ? id.slice(0, 13) : t("unnamed"));
  if (!place || !isNamed) return <span className={name === null ? classes.faint : undefined}>{text}</span>;
  return (
    <Link href={place(id)} className={classes.thing}>
      {text}
    </Link>
  );
}
