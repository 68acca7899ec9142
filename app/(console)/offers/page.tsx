import type { Metadata } from "next";
import { listCoupons } from "@/services/offers/coupons";
import { listOffers } from "@/services/offers/list";
import { listRedemptions } from "@/services/offers/redeeming/redemptions";
import { readLocale, serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { CouponsScreen } from "./coupons-screen";
import { inOwnNames, LEDGER_FILTERS, LEDGERS, OFFER_FILTERS } from "./filters";
import { OffersScreen } from "./offers-screen";
import { RedemptionsScreen } from "./redemptions-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("offers"))("title") };
}

export default async function OffersPage({ searchParams }: { searchParams: SearchParams }) {
  const { show } = await queryOf(searchParams, ["show"]);
  const ledger = LEDGERS.find((one) => one === show);
  if (ledger) {
    const { view, ...query } = await queryOf(searchParams, LEDGER_FILTERS);
    await openDefaultView(ledger, { ...query, ...(view && { view }) }, { path: "/offers", query: { show: ledger } });
    if (ledger === "coupons") {
      const page = await tryRead(listCoupons, query);
      return <CouponsScreen initial={page && { page: wire(page), query }} />;
    }
    const page = await tryRead(listRedemptions, query);
    return <RedemptionsScreen initial={page && { page: wire(page), query }} />;
  }
  const address = await queryOf(searchParams, OFFER_FILTERS);
  await openDefaultView("offers", address);
  const { view: _, new: __, ...filters } = address;
  const query = inOwnNames(filters, await readLocale());
  const page = await tryRead(listOffers, query);
  return <OffersScreen {...(page && { initial: { page: wire(page), query } })} />;
}
