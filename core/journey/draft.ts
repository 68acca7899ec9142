import type { z } from "zod";
import { type StepId, stepId } from "../ids";
import type { Entry } from "../plan/entry";
import type { Plan } from "../plan/plan";
import type { Step } from "../plan/step";
import type { JourneyDocument, JourneyEdge, JourneyNode } from "./document";
import { backEdges } from "./graph";
import type { NodeKind, Port } from "./kind";
import { kindOf } from "./registry";
import { rooted } from "./rooted";

/** A node read through its kind. `issues`: the config does not fit; `kind` undefined: nobody knows it. */
export type DraftNode = JourneyNode &
  (
    | { kindOf: undefined; ports: []; issues: [] }
    | {
        kindOf: NodeKind;
        ports: Port[];
        issues: z.core.$ZodIssue[];
        steps: Record<string, Step>;
        entryOf?: Entry;
        /** What a trigger makes its members leave by, beside the document's exits. */
        exitsOf?: Plan["exits"];
        parsed?: unknown;
      }
  );

/** A document read through the registry: what can be compiled is, what cannot is told by its node. */
export type Draft = {
  /** Its nodes go by their root ids; `shown` leads back to the drawing's. */
  document: JourneyDocument;
  shown: ReadonlyMap<string, string>;
  nodes: Map<string, DraftNode>;
  steps: Record<StepId, Step>;
  /** As in Plan: every wired port and where it leads. The first edge out of a port counts. */
  wires: Record<string, Record<string, { to: StepId | null; back: boolean }>>;
};

/** `known`: what was read of nodes that never change in place, for an editor that reads the same ones again and again. */
export function readDraft(drawn: JourneyDocument, known?: WeakMap<JourneyNode, DraftNode>): Draft {
  const { document, shown } = rooted(drawn);
  const nodes = new Map<string, DraftNode>();
  const steps: Record<StepId, Step> = {};
  for (const node of document.nodes) {
    if (nodes.has(node.id)) continue;
    const read = known?.get(node) ?? readNode(node);
    known?.set(node, read);
    nodes.set(node.id, read);
    if (read.kindOf) for (const [local, step] of Object.entries(read.steps)) steps[stepId(node.id, local)] = step;
  }
  return { document, shown, nodes, steps, wires: wiresOf(document, nodes) };
}

function readNode(node: JourneyNode): DraftNode {
  const kind = kindOf(node.kind);
  if (!kind) return { ...node, kindOf: undefined, ports: [], issues: [] };
  const parsed = kind.config.safeParse(node.config);
  if (!parsed.success) return { ...node, kindOf: kind, ports: [], issues: parsed.error.issues, steps: {} };
  const shared = { ...node, kindOf: kind, ports: kind.ports(parsed.data), issues: [], parsed: parsed.data };
  return kind.family === "trigger"
    ? { ...shared, steps: {}, entryOf: kind.entry(parsed.data), exitsOf: kind.exits?.(parsed.data) ?? [] }
    : { ...shared, steps: kind.compile(parsed.data) };
}

/** Edges that lead from one node of the document to another; of several out of one port, the first. */
export function usableEdges(document: JourneyDocument, has: (node: string) => boolean): JourneyEdge[] {
  const taken = new Set<string>();
  return document.edges.filter(({ from, port, to }) => {
    const key = `${from}\n${port}`;
    if (!has(from) || !has(to) || taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}

function wiresOf(document: JourneyDocument, nodes: Map<string, DraftNode>): Draft["wires"] {
  const edges = usableEdges(document, (id) => nodes.has(id));
  const back = backEdges(document.entry, edges);
  const wires: Draft["wires"] = {};
  for (const node of nodes.values()) {
    const out = edges.filter(({ from }) => from === node.id);
    const along = (port: string | undefined) => out.find((edge) => edge.port === port);
    const ports: Pick<Port, "id" | "orElse">[] =
      node.ports.length > 0 ? node.ports : out.map(({ port }) => ({ id: port }));
    wires[node.id] = Object.fromEntries(
      ports.map(({ id: port, orElse }) => {
        const edge = along(port) ?? along(orElse);
        return [port, { to: edge ? stepId(edge.to, "start") : null, back: edge !== undefined && back.has(edge) }];
      }),
    );
  }
  return wires;
}
