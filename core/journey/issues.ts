import type { z } from "zod";
import { inChinese } from "./chinese";

/** `chinese` is absent where only the English is known. */
export type Issue = { path: (string | number)[]; message: string; chinese?: string };

/** A schema's findings, each at its own place: of a union, those of the branch that came furthest. */
export function issuesOf(issues: readonly z.core.$ZodIssue[], at: (string | number)[] = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...at, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) {
      const chinese = inChinese(issue);
      return [{ path, message: issue.message, ...(chinese !== undefined && { chinese }) }];
    }
    const branches = issue.errors.map((branch) => issuesOf(branch, path));
    return branches.reduce((best, branch) => (isNearer(branch, best) ? branch : best));
  });
}

/** Fewer findings are nearer; of equally many, those deeper inside. Findings about foreign keys say that it was another branch. */
function isNearer(branch: Issue[], best: Issue[]): boolean {
  const cost = (issues: Issue[]) =>
    issues.reduce(
      (sum, { message }) =>
        sum + (message.startsWith("Unrecognized") || message.includes("received undefined") ? 10 : 1),
      0,
    );
  const depth = (issues: Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  return depth(branch) !== depth(best) && cost(branch) >= 10 === cost(best) >= 10
    ? depth(branch) > depth(best)
    : cost(branch) < cost(best);
}
