import type { Problem } from "@/core/journey/problem";

/** A problem list for a terminal, one line each: how grave, where, what. */
export function report(of: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return `${of}: nothing wrong`;
  return problems
    .map(({ severity, code, node, path, says }) => {
      const place = [node, path?.length ? path.join(".") : undefined].filter((part) => part !== undefined).join(" ");
      return `${of}: ${severity} ${place ? `[${place}] ` : ""}${says.en} (${code})`;
    })
    .join("\n");
}
