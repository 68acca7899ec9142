import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import type { Edit } from "./place";

const onNode =
  (id: string, change: (node: JourneyNode) => JourneyNode): Edit =>
  (document) => {
    const at = document.nodes.findIndex((node) => node.id === id);
    const was = document.nodes[at];
    if (!was) return document;
    const now = change(was);
    return now === was ? document : { ...document, nodes: document.nodes.with(at, now) };
  };

/** Sets a node's config. Lines from ports that the new config no longer has are let go. */
export const configure =
  (id: string, config: Record<string, unknown>, portsOf: PortsOf): Edit =>
  (document) => {
    const changed = onNode(id, (node) => ({ ...node, config }))(document);
    const node = changed.nodes.find((one) => one.id === id);
    if (!node) return document;
    const ports = new Set(portsOf(node).map((port) => port.id));
    const edges = changed.edges.filter((edge) => edge.from !== id || ports.has(edge.port));
    return edges.length === changed.edges.length ? changed : { ...changed, edges };
  };

/** Sets one key of a node's config; undefined takes the key away. */
export const setField =
  (id: string, key: string, value: unknown, portsOf: PortsOf): Edit =>
  (document) => {
    const node = document.nodes.find((one) => one.id === id);
    if (!node) return document;
    const { [key]: _, ...rest } = node.config;
    return configure(id, value === undefined ? rest : { ...node.config, [key]: value }, portsOf)(document);
  };

/** An own title for a node; empty = the kind's name again. */
export const entitle = (id: string, title: string): Edit =>
  onNode(id, ({ title: _, ...node }) => (title.trim() ? { ...node, title } : node));

/** A colleague's note on a node; empty takes it away. */
export const annotate = (id: string, note: string): Edit =>
  onNode(id, ({ note: _, ...node }) => (note.trim() ? { ...node, note } : node));

export const rename =
  (name: string): Edit =>
  (document) => ({ ...document, name });

export const setSettings =
  (settings: Partial<JourneyDocument["settings"]>): Edit =>
  (document) => ({ ...document, settings: { ...document.settings, ...settings } });

/** The journey's goal or exits; undefined takes them away. */
export const setEnding =
  <K extends "goal" | "exits">(key: K, value: JourneyDocument[K]): Edit =>
  ({ [key]: _, ...document }) =>
    (value === undefined ? document : { ...document, [key]: value }) as JourneyDocument;
