import type { Metadata } from "next";
import { listKeys } from "@/services/access/keys";
import { serverT } from "../../_i18n/locale";
import { tryRead } from "../../_server/door";
import { wire } from "../../_ui/live/wire";
import { IntegrationsScreen } from "./integrations-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("integrations"))("title") };
}

export default async function IntegrationsPage() {
  const keys = await tryRead(listKeys, {});
  return <IntegrationsScreen {...(keys && { initial: wire(keys.items) })} />;
}
