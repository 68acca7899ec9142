import { redirect } from "next/navigation";
import { listViews } from "@/services/views/list";
import type { Screen } from "@/services/views/view";
import { tryRead } from "./door";

/**
 * Leads a list that was opened without any filter to the view its reader opens it with; the address then says what is shown. `at`: where the
 * list is, if not under its own name.
 */
export async function openDefaultView(
  screen: Screen,
  query: Record<string, string>,
  at: { path: string; query?: Record<string, string> } = { path: `/${screen}` },
): Promise<void> {
  if (Object.keys(query).length > 0) return;
  const view = (await tryRead(listViews, { screen }))?.items.find(({ isDefault }) => isDefault);
  if (view) redirect(`${at.path}?${new URLSearchParams({ ...at.query, ...view.filters, view: view.id })}`);
}
