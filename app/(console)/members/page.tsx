import type { Metadata } from "next";
import { listMembers } from "@/services/members/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { MEMBER_FILTERS } from "./filters";
import { MembersScreen } from "./members-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("members"))("title") };
}

export default async function MembersPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, MEMBER_FILTERS);
  await openDefaultView("members", address);
  const { view: _, ...query } = address;
  const page = await tryRead(listMembers, query);
  return <MembersScreen {...(page && { initial: { page: wire(page), query } })} />;
}
