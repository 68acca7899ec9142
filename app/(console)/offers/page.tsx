import type { Metadata } from "next";
import { listOffers } from "@/services/offers/list";
import { serverT } from "../../_i18n/locale";
import { read } from "../../_server/door";
import { wire } from "../../_ui/live/wire";
import { OffersScreen } from "./offers-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("offers"))("title") };
}

export default async function OffersPage() {
  const first = await read(listOffers, { limit: 50 });
  return <OffersScreen initial={wire(first ?? { items: [], next: null })} />;
}
