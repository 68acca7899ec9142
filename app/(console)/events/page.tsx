import type { Metadata } from "next";
import { listEvents } from "@/services/events/list";
import { serverT } from "../../_i18n/locale";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { EventsScreen } from "./events-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("events"))("title") };
}

export default async function EventsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await queryOf(searchParams, ["name", "member", "q"]);
  const page = await tryRead(listEvents, query);
  return <EventsScreen {...(page && { initial: { page: wire(page), query } })} />;
}
