import type { Metadata } from "next";
import { listEvents } from "@/services/events/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { EventsScreen } from "./events-screen";
import { EVENT_FILTERS } from "./filters";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("events"))("title") };
}

export default async function EventsPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, [...EVENT_FILTERS, "view", "show", "test", "event"]);
  await openDefaultView("events", address);
  const { view: _, show: __, test: ___, event: ____, ...query } = address;
  const page = await tryRead(listEvents, query);
  return <EventsScreen {...(page && { initial: { page: wire(page), query } })} />;
}
