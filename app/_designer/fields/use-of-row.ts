import { useT } from "../../_i18n/use-t";

/** What one of a list's rows can be asked, told apart from the same of the others: “Move up: Gold”. A row without a name goes by its place, from 0. */
export function useOfRow(): (what: string, row: string, at: number) => string {
  const t = useT("designerFields");
  return (what, row, at) => t("ofRow", { what, row: row.trim() || String(at + 1) });
}
