import type { Metadata } from "next";
import { listDeadLetters } from "@/services/debugger/dead-letters";
import { listEvents } from "@/services/debugger/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import type { Filters } from "../../_ui/table/use-filters";
import { EventsScreen } from "./events-screen";
import { EVENT_FILTERS, LETTER_FILTERS } from "./filters";
import { lettersQuery } from "./letters-query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("events"))("title") };
}

export default async function EventsPage({ searchParams }: { searchParams: SearchParams }) {
  const { show, ...address } = await queryOf(searchParams, [
    ...new Set([...EVENT_FILTERS, ...LETTER_FILTERS, "view", "show", "test", "event", "letter"] as const),
  ]);
  if (show === "rejected") {
    await openDefaultView("letters", address, { path: "/events", query: { show } });
    const filters = Object.fromEntries(LETTER_FILTERS.map((name) => [name, address[name] ?? null]));
    const query = lettersQuery(filters as Filters<(typeof LETTER_FILTERS)[number]>);
    const set = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));
    const page = await tryRead(listDeadLetters, set);
    return <EventsScreen {...(page && { letters: { page: wire(page), query } })} />;
  }
  await openDefaultView("events", address);
  const query = Object.fromEntries(EVENT_FILTERS.flatMap((name) => (address[name] ? [[name, address[name]]] : [])));
  const page = await tryRead(listEvents, query);
  return <EventsScreen {...(page && { initial: { page: wire(page), query } })} />;
}
