import { ApplicationFailure, workflowInfo } from "@temporalio/workflow";
import { broadcast } from "./broadcast";
import { caller } from "./caller";
import { job } from "./job";
import { journey } from "./journey";
import { segments } from "./segments";
import { sender } from "./sender";

const kinds = { journey, sender, broadcast, segments, caller, job };

/**
 * Every workflow whose type is no exported name: a conductor under the name of what it conducts (`journey: Welcome`), so that Temporal's list,
 * as it opens, says which is which. The kind stands before the colon. See docs/decisions/097.
 */
export async function named(args: never): Promise<void> {
  const { workflowType } = workflowInfo();
  const [kind] = workflowType.split(":", 1);
  const known = Object.entries(kinds).find(([name]) => name === kind);
  if (!known) throw ApplicationFailure.nonRetryable(`no workflow is called ${workflowType}`);
  await known[1](args);
}
