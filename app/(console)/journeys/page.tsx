import type { Metadata } from "next";
import { listJourneys } from "@/services/journeys/list";
import { serverT } from "../../_i18n/locale";
import { read } from "../../_server/door";
import { wire } from "../../_ui/wire";
import { JourneysScreen } from "./journeys-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("journeys"))("title") };
}

export default async function JourneysPage() {
  const first = await read(listJourneys, { limit: 50 });
  return <JourneysScreen initial={wire(first ?? { items: [], next: null })} />;
}
