import { canonical, sha256Hex } from "../hash";
import { type JourneyId, nodeOf, type PlanId, type StepId, type WorkspaceId } from "../ids";
import { listensTo } from "../plan/advance";
import { comesAsEvent, type Entry } from "../plan/entry";
import type { Plan } from "../plan/plan";
import type { Step } from "../plan/step";
import type { JourneyDocument } from "./document";
import { readDraft } from "./draft";

/**
 * Compiles a document without errors (`problems` says) to its plan; throws for one with errors. The id is a hash over
 * workspace, journey and the document's canonical JSON, so the same drawing published twice is the same plan.
 * A port without an edge leads to the end of the drawing.
 */
export function compile(
  document: JourneyDocument,
  of: { workspace: WorkspaceId; journey: JourneyId; version: number },
): Plan {
  const draft = readDraft(document);
  const trigger = draft.nodes.get(draft.document.entry);
  if (!trigger?.kindOf || trigger.entryOf === undefined)
    throw new Error("compile: the entry is not a trigger; check problems() first");
  for (const node of draft.nodes.values())
    if (!node.kindOf || node.issues.length > 0)
      throw new Error(`compile: node ${node.id} is incomplete; check problems() first`);
  const start = trigger.ports[0] && draft.wires[trigger.id]?.[trigger.ports[0].id]?.to;
  const { goal } = draft.document;
  const exits = [...(draft.document.exits ?? []), ...(trigger.exitsOf ?? [])];
  return {
    id: sha256Hex(canonical({ workspace: of.workspace, journey: of.journey, document })) as PlanId,
    journey: of.journey,
    version: of.version,
    name: document.name,
    entry: trigger.entryOf,
    entryNode: trigger.id,
    reentry: document.settings.reentry,
    first: start ?? null,
    steps: named(draft.steps, of.journey),
    wires: draft.wires,
    ...(goal && { goal }),
    exits,
    listens: listensOf(trigger.entryOf, draft.steps, [...(goal ? [goal] : []), ...exits]),
    priority: document.settings.priority,
    ...(document.settings.holdout && { holdout: document.settings.holdout }),
    ...roundsOf(document.settings),
    ...(document.settings.limits && { limits: document.settings.limits }),
    ...(document.settings.group && { group: document.settings.group }),
    ...(document.settings.existing && { existing: document.settings.existing }),
    ...(document.settings.budget !== undefined && { budget: document.settings.budget }),
  };
}

const roundsOf = ({
  visits,
  afterVisits = "leave",
}: JourneyDocument["settings"]): Pick<Plan, "visits" | "afterVisits"> =>
  visits === undefined ? {} : { visits, ...(afterVisits === "leave" && { afterVisits }) };

/** An experiment is its node's, in its journey: edits of the drawing keep it, a copy of the node or of the journey is another. */
function named(steps: Record<StepId, Step>, journey: JourneyId): Record<StepId, Step> {
  return Object.fromEntries(
    Object.entries(steps).map(([id, step]) => [
      id,
      step.op === "split" ? { ...step, experiment: `${journey}/${nodeOf(id as StepId)}` } : step,
    ]),
  );
}

function listensOf(entry: Entry, steps: Record<StepId, Step>, always: { on?: string }[]): string[] {
  const names = new Set([...(comesAsEvent(entry) ? [entry.event] : []), ...always.map(({ on }) => on ?? "*")]);
  for (const step of Object.values(steps)) if (step.op === "wait") for (const name of listensTo(step)) names.add(name);
  return [...names].sort();
}
