import type { Metadata } from "next";
import { listRuns } from "@/services/runs/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { RUN_FILTERS } from "./filters";
import { RunsScreen } from "./runs-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("runs"))("title") };
}

export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, RUN_FILTERS);
  await openDefaultView("runs", address);
  const { view: _, ...query } = address;
  const page = await tryRead(listRuns, query);
  return <RunsScreen {...(page && { initial: { page: wire(page), query } })} />;
}
