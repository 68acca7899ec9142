import type { JourneyDocument } from "./document";
import { type Draft, readDraft } from "./draft";
import type { Problem } from "./problem";
import { circleProblems } from "./problems/circles";
import { contentProblems } from "./problems/content";
import type { Context } from "./problems/context";
import { graphProblems } from "./problems/graph";
import { nodeProblems } from "./problems/nodes";
import { ruleProblems } from "./problems/rules";
import { sensitiveProblems } from "./problems/sensitive";

export type { Context } from "./problems/context";

/**
 * Everything there is to say about a draft, errors first, in the order of its nodes. Publishing is blocked by errors only;
 * a document without errors compiles.
 */
export function problems(document: JourneyDocument, context: Context = {}): Problem[] {
  const draft: Draft = readDraft(document, context.known);
  const found = [
    ...graphProblems(draft),
    ...nodeProblems(draft, context),
    ...ruleProblems(draft),
    ...contentProblems(draft),
    ...circleProblems(draft, context),
    ...sensitiveProblems(draft, context),
  ];
  const rank = new Map(draft.document.nodes.map(({ id }, i) => [id, i]));
  const placeOf = ({ node }: Problem) => (node === undefined ? -1 : (rank.get(node) ?? -1));
  found.sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error") || placeOf(a) - placeOf(b));
  return draft.shown.size === 0 ? found : found.map((problem) => asDrawn(problem, draft.shown));
}

/** A finding about a root id, told of the node that the drawing shows. */
function asDrawn(problem: Problem, shown: ReadonlyMap<string, string>): Problem {
  const { node, fix } = problem;
  return {
    ...problem,
    ...(node !== undefined && { node: shown.get(node) ?? node }),
    ...(fix && { fix: { ...fix, patch: { ...fix.patch, node: shown.get(fix.patch.node) ?? fix.patch.node } } }),
  };
}
