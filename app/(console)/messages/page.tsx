import type { Metadata } from "next";
import { listMessages } from "@/services/runs/messages";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { MESSAGE_FILTERS } from "./filters";
import { MessagesScreen } from "./messages-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("messages"))("title") };
}

export default async function MessagesPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, MESSAGE_FILTERS);
  await openDefaultView("messages", address);
  const { message: _, view: __, ...query } = address;
  const page = await tryRead(listMessages, query);
  return <MessagesScreen {...(page && { initial: { page: wire(page), query } })} />;
}
