import type { z } from "zod";
import { isOfZod, wordsOf } from "./issue-words";
import { type Refused, refuse } from "./refusals";

/** `chinese` is absent where only the English is known. */
export type Issue = { path: (string | number)[]; message: string; chinese?: string };
type Finding = Issue & { isForeign: boolean };

/**
 * A schema's findings in words that say what would be right, each at its own place: of a union, those of the branch that came furthest.
 */
export function issuesOf(issues: readonly z.core.$ZodIssue[], at: (string | number)[] = []): Issue[] {
  return findings(issues, at).map(({ isForeign: _, ...issue }) => issue);
}

/** Input of the wrong shape as a refusal: its first finding, with the place. */
export function malformed(issues: readonly z.core.$ZodIssue[], at: (string | number)[] = []): Refused {
  const [first] = issuesOf(issues, at);
  return { ...refuse("invalid", first?.message, first?.path ?? at), ...(first?.chinese && { chinese: first.chinese }) };
}

function findings(issues: readonly z.core.$ZodIssue[], at: (string | number)[]): Finding[] {
  return issues.filter(isOwnBound).flatMap((issue): Finding[] => {
    const path = [...at, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
    // A union that has a sentence of its own knows better than its branches.
    if (issue.code === "invalid_union" && issue.errors.length > 0 && isOfZod(issue)) {
      const branches = issue.errors.map((branch) => findings(branch, path));
      return either(branches) ?? branches.reduce((best, branch) => (isNearer(branch, best) ? branch : best));
    }
    // Each foreign key at its own place, so that a caller finds it.
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ path: [...path, key], ...wordsOf(issue), isForeign: true }));
    const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
    return [{ path, ...wordsOf(issue), isForeign: isMissing }];
  });
}

/** Of a number beyond what JavaScript counts exactly that bound is said only where the schema has none of its own on that side. */
const isOwnBound = (issue: z.core.$ZodIssue, _: number, all: readonly z.core.$ZodIssue[]): boolean =>
  !isUnsafe(issue) ||
  !all.some((other) => other !== issue && other.code === issue.code && other.path.join("\n") === issue.path.join("\n"));
const isUnsafe = (issue: z.core.$ZodIssue): boolean =>
  (issue.code === "too_big" && issue.maximum === Number.MAX_SAFE_INTEGER) ||
  (issue.code === "too_small" && issue.minimum === Number.MIN_SAFE_INTEGER);

/** Of values that are of none of the wanted types: “should be a text or a number”. */
function either(branches: Finding[][]): Finding[] | undefined {
  const [first] = branches[0] ?? [];
  if (!first || branches.some(([one, more]) => more || !one || !WANTS.test(one.message) || !isSame(one, first)))
    return undefined;
  const wanted = branches.map(([one]) => WANTS.exec(one?.message ?? "")?.[1] ?? "");
  const chinese = branches.map(([one]) => /应为(.+?)(，|$)/.exec(one?.chinese ?? "")?.[1] ?? "");
  return [
    {
      ...first,
      message: first.message.replace(WANTS, `should be ${[...new Set(wanted)].join(" or ")}$2`),
      ...(first.chinese !== undefined && {
        chinese: first.chinese.replace(/应为(.+?)(，|$)/, `应为${[...new Set(chinese)].join("或")}$2`),
      }),
    },
  ];
}
const WANTS = /should be (an? [\w ]+?|true or false|null)(, not .*|$)/;
const isSame = (a: Issue, b: Issue): boolean => a.path.join("\n") === b.path.join("\n");

/** Fewer findings are nearer; of equally many, those deeper inside. Findings about foreign keys say that it was another branch. */
function isNearer(branch: Finding[], best: Finding[]): boolean {
  const cost = (issues: Finding[]) => issues.reduce((sum, { isForeign }) => sum + (isForeign ? 10 : 1), 0);
  const depth = (issues: Finding[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  return depth(branch) !== depth(best) && cost(branch) >= 10 === cost(best) >= 10
    ? depth(branch) > depth(best)
    : cost(branch) < cost(best);
}
