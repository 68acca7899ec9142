import type { Metadata } from "next";
import { listJourneys } from "@/services/journeys/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { JOURNEY_FILTERS } from "./filters";
import { JourneysScreen } from "./journeys-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("journeys"))("title") };
}

export default async function JourneysPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, JOURNEY_FILTERS);
  await openDefaultView("journeys", address);
  const { view: _, new: __, ...query } = address;
  const page = await tryRead(listJourneys, query);
  return <JourneysScreen {...(page && { initial: { page: wire(page), query } })} />;
}
