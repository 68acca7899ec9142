import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isUuid } from "@/core/uuid";
import { storeActivity } from "@/services/insight/store-activity";
import { serverT } from "../../../_i18n/locale";
import { read } from "../../../_server/door";
import { wire } from "../../../_ui/live/wire";
import { StoreScreen } from "./store-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("stores"))("store") };
}

export default async function StorePage({ params }: { params: Promise<{ store: string }> }) {
  const { store } = await params;
  const found = isUuid(store) ? await read(storeActivity, { store }) : undefined;
  if (!found) notFound();
  return <StoreScreen initial={wire(found)} />;
}
