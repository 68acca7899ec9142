import type { Text } from "../text";

/**
 * One step inside a node, as a run's page tells it. `does`: what it does; `ways`: what its ways on to other steps of the node are called, by the
 * step they lead to. A step with a single way on needs no words for that; ways out of the node are called as the node's ports.
 */
export type InnerStep = { does: Text; ways?: Record<string, Text> };
