import type { Metadata } from "next";
import { listMerchants } from "@/services/workspaces/merchants";
import { listStores } from "@/services/workspaces/stores";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { STORE_FILTERS } from "./filters";
import { StoresScreen } from "./stores-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("stores"))("title") };
}

export default async function StoresPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, STORE_FILTERS);
  await openDefaultView("stores", address);
  const { view: _, ...query } = address;
  const [page, merchants] = await Promise.all([
    tryRead(listStores, query),
    tryRead(listMerchants, { state: "all", limit: 200 }),
  ]);
  return (
    <StoresScreen
      {...(page && { initial: { page: wire(page), query } })}
      {...(merchants && { merchants: wire(merchants) })}
    />
  );
}
