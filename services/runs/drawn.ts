import { nodeOf, type StepId } from "@/core/ids";
import { portsOf } from "@/core/journey/ask-kind";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { kindOf } from "@/core/journey/registry";
import { rootOf } from "@/core/journey/rooted";
import { innerSteps, wayOf } from "@/core/journey/told-step";
import { goNamed, gosOf } from "@/core/plan/order";
import type { Plan } from "@/core/plan/plan";
import type { Go, Step } from "@/core/plan/step";
import type { Text } from "@/core/text";

/** A version of a journey: as it was drawn, and what became of it. */
export type Drawing = { body: Pick<Plan, "steps">; document: JourneyDocument };

/** A step of a run in the words of its drawing. `node` undefined: no drawing has it. */
export type DrawnStep = { id: StepId; local: string; step: Step | undefined; node: JourneyNode | undefined };

/** A drawing's node by its root id. */
export const nodeIn = (document: JourneyDocument, root: string) => document.nodes.find((one) => rootOf(one) === root);

/** A step where it is drawn; of one that a later version has no more, as it was drawn before. */
export function drawnStep(id: StepId, drawings: readonly Drawing[]): DrawnStep {
  const root = nodeOf(id);
  const drawing = drawings.find(({ document }) => nodeIn(document, root));
  return {
    id,
    local: id.slice(root.length + 1),
    step: drawing?.body.steps[id],
    node: drawing && nodeIn(drawing.document, root),
  };
}

/** What a node is called: by the marketer, else by its kind. */
export function titleOf(node: Pick<JourneyNode, "kind" | "title"> | undefined): Text {
  if (node?.title) return { en: node.title, "zh-CN": node.title };
  return (node && kindOf(node.kind)?.name) ?? NOT_DRAWN;
}

/** What a step of a node with several does; null of one that is its whole node. */
export const doesOf = ({ node, local }: Pick<DrawnStep, "node" | "local">): Text | null =>
  (node && innerSteps(node)[local]?.does) ?? null;

/** What a way out of a step is called: to another step of its node, or by a port. */
export function wayName({ node, local, step }: DrawnStep, way: string): Text {
  return wayOf(node, local, goNamed(step, way)) ?? NOT_DRAWN_WAY;
}

/** What a port out of the node is called; null where it is the only one, which needs no words, and on the way to another step inside. */
export function portName(drawn: DrawnStep, port: string | null): Text | null {
  if (port === null || leadsInside(drawn, port)) return null;
  const ports = drawn.node ? portsOf(drawn.node) : [];
  return ports.length === 1 && ports[0]?.id === port ? null : wayName(drawn, port);
}

/** Of a step of a node with several, how it went on, where it might have gone on otherwise. */
export function innerWay(drawn: DrawnStep, port: string | null): Text | null {
  if (port === null || doesOf(drawn) === null) return null;
  const ways = new Set((drawn.step ? gosOf(drawn.step) : []).map(nameOf));
  return ways.size === 1 && ways.has(port) ? null : wayName(drawn, port);
}

export const leadsInside = ({ step }: DrawnStep, port: string | null): boolean =>
  port !== null && "step" in goNamed(step, port);

const nameOf = (go: Go): string => ("port" in go ? go.port : go.step);
const NOT_DRAWN: Text = { en: "A step that is no longer drawn", "zh-CN": "已删除的步骤" };
const NOT_DRAWN_WAY: Text = { en: "a way that is no longer drawn", "zh-CN": "已删除的出口" };
