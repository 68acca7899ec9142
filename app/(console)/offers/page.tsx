import type { Metadata } from "next";
import { listOffers } from "@/services/offers/list";
import { readLocale, serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { inOwnNames, OFFER_FILTERS } from "./filters";
import { OffersScreen } from "./offers-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("offers"))("title") };
}

export default async function OffersPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, OFFER_FILTERS);
  await openDefaultView("offers", address);
  const { view: _, new: __, ...filters } = address;
  const query = inOwnNames(filters, await readLocale());
  const page = await tryRead(listOffers, query);
  return <OffersScreen {...(page && { initial: { page: wire(page), query } })} />;
}
