import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";

/** What tests of drawing begin with: kinds of their own, and a small journey. */
export const name = { en: "", "zh-CN": "" };
const PORTS: Record<string, string[]> = {
  "on-event": ["next"],
  if: ["yes", "no"],
  send: ["next"],
  tag: ["next"],
  goal: [],
};
/** Ports of a test's kinds; a `cases` config makes ports of its own. */
export const portsOf: PortsOf = ({ kind, config }) =>
  (Array.isArray(config.cases) ? config.cases.map(String) : (PORTS[kind] ?? [])).map((id) => ({ id, name }));
export const node = (id: string, kind: string, config: Record<string, unknown> = {}) => ({ id, kind, config });

/** start → fork; yes → a → end, no → b */
export const journey = (): JourneyDocument => ({
  name: "j",
  entry: "start",
  settings: { reentry: { is: "after_end" }, priority: 0 },
  nodes: [node("start", "on-event"), node("fork", "if"), node("a", "send"), node("b", "tag"), node("end", "goal")],
  edges: [
    { from: "start", port: "next", to: "fork" },
    { from: "fork", port: "yes", to: "a" },
    { from: "fork", port: "no", to: "b" },
    { from: "a", port: "next", to: "end" },
  ],
});
export const lines = (document: JourneyDocument) =>
  document.edges.map(({ from, port, to }) => `${from}.${port}>${to}`).sort();
export const atOf = (document: JourneyDocument, id: string) => document.nodes.find((one) => one.id === id)?.at;
export const never = (): never => {
  throw new Error("nothing was copied");
};
