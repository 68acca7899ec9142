"use client";
import { useEffect } from "react";

const FIELDS = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";

/** j and k walk the rows of a table, x chooses one; Enter opens it, as it does for any link. Silent while one types or a dialog is open. */
export function useRowKeys(table: HTMLElement | null): void {
  useEffect(() => {
    const walk = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k", "x"].includes(event.key)) return;
      const at = event.target instanceof Element ? event.target : null;
      const isTick = at instanceof HTMLInputElement && at.type === "checkbox" && table?.contains(at);
      if (!isTick && (at?.closest(FIELDS) || document.querySelector("[role=dialog]"))) return;
      const rows = [...(table?.querySelectorAll<HTMLTableRowElement>("tbody tr:not([aria-hidden])") ?? [])];
      const here = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key === "x") {
        rows[here]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
        return;
      }
      const next = rows[here + (event.key === "j" ? 1 : -1)] ?? (here < 0 ? rows[0] : undefined);
      const opener = next?.querySelector<HTMLElement>("a, button");
      if (!opener) return;
      event.preventDefault();
      opener.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    window.addEventListener("keydown", walk);
    return () => window.removeEventListener("keydown", walk);
  }, [table]);
}
