import type { Metadata } from "next";
import { listSegments } from "@/services/segments/segments";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { SEGMENT_FILTERS } from "./filters";
import { SegmentsScreen } from "./segments-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("segments"))("title") };
}

export default async function SegmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, SEGMENT_FILTERS);
  await openDefaultView("segments", address);
  const { view: _, new: __, ...query } = address;
  const page = await tryRead(listSegments, query);
  return <SegmentsScreen {...(page && { initial: { page: wire(page), query } })} />;
}
