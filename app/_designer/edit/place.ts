import type { JourneyDocument, JourneyEdge, JourneyNode } from "@/core/journey/document";

/** One way out of a node: where something can be hung, or put between. */
export type Place = { from: string; port: string };
export type Point = { x: number; y: number };
/** A pure change of the drawing. */
export type Edit = (document: JourneyDocument) => JourneyDocument;

export const nodeOf = (document: JourneyDocument, id: string): JourneyNode | undefined =>
  document.nodes.find((node) => node.id === id);
export const edgeOf = (document: JourneyDocument, { from, port }: Place): JourneyEdge | undefined =>
  document.edges.find((edge) => edge.from === from && edge.port === port);

/** Names a way out in one string, for maps and for the canvas. */
export const placeKey = ({ from, port }: Place): string => `${from}:${port}`;

/** Somebody has dragged a node: from then on nothing moves by itself, until it is tidied. */
export const isArrangedByHand = (document: JourneyDocument): boolean =>
  document.nodes.some((node) => node.at !== undefined);
