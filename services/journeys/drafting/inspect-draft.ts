import type { WorkspaceId } from "@/core/ids";
import { inspect } from "@/core/journey/inspect";
import type { Tx } from "@/platform/db";
import { contextOf } from "./context";
import { templateProblemsOf } from "./template-problems";

/** Everything that is wrong with a draft in its workspace, its templates too; errors first. `self`: the journey it is the draft of. */
export async function inspectDraft(
  tx: Tx,
  workspace: WorkspaceId,
  input: unknown,
  now: Date,
  self?: string,
): Promise<ReturnType<typeof inspect>> {
  const inspected = inspect(input, await contextOf(tx, workspace, now, self));
  if (!inspected.document) return inspected;
  const templates = await templateProblemsOf(inspected.document);
  const { document, problems } = inspected;
  return {
    document,
    problems: [...problems, ...templates].sort(
      (a, b) => Number(b.severity === "error") - Number(a.severity === "error"),
    ),
  };
}
