import type { Metadata } from "next";
import { listSegments } from "@/services/segments/segments";
import { serverT } from "../../_i18n/locale";
import { read } from "../../_server/door";
import { wire } from "../../_ui/live/wire";
import { SegmentsScreen } from "./segments-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("segments"))("title") };
}

export default async function SegmentsPage() {
  const first = await read(listSegments, { limit: 50 });
  return <SegmentsScreen initial={wire(first ?? { items: [], next: null })} />;
}
