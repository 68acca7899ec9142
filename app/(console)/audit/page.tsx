import type { Metadata } from "next";
import { listAudit } from "@/services/audit/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { AuditScreen } from "./audit-screen";
import { AUDIT_FILTERS, auditQuery } from "./filters";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("audit"))("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, AUDIT_FILTERS);
  await openDefaultView("audit", address);
  const { view: _, ...filters } = address;
  const query = auditQuery(filters);
  const page = await tryRead(listAudit, query);
  return <AuditScreen {...(page && { initial: { page: wire(page), query } })} />;
}
