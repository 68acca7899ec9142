import { describe, expect, it } from "vitest";
import { bigDrawing } from "@/bench/rig/drawing";
import type { JourneyDocument } from "@/core/journey/document";
import { annotate, entitle, setField } from "../edit/change";
import type { Edit } from "../edit/place";
import { portsOf } from "../kinds";
import { isSameShape } from "./same-shape";
import { shapeOf } from "./shape";

const drawing = bigDrawing(20);
const withNodes =
  (nodes: (all: JourneyDocument["nodes"]) => JourneyDocument["nodes"]): Edit =>
  (document) => ({
    ...document,
    nodes: nodes(document.nodes),
  });

describe("two drawings", () => {
  it.each<[string, Edit]>([
    ["a title", entitle("fork-0", "Many points")],
    ["a note", annotate("rich-0", "Ask Lin")],
    ["a setting that leaves the ways", setField("rich-0", "tag", "vip", portsOf)],
    ["the same lines in another list", (document) => ({ ...document, edges: [...document.edges] })],
  ])("have one shape where they differ by %s, and one layout", (_, edit) => {
    const other = edit(drawing);
    expect(other).not.toBe(drawing);
    expect(isSameShape(drawing, other, portsOf)).toBe(true);
    expect(shapeOf(other)).toBe(shapeOf(drawing));
  });

  it.each<[string, Edit]>([
    ["a line that is gone", (document) => ({ ...document, edges: document.edges.slice(1) })],
    [
      "a line that leads elsewhere",
      (document) => ({
        ...document,
        edges: document.edges.map((edge, i) => (i === 3 ? { ...edge, to: "rich-0" } : edge)),
      }),
    ],
    ["a step that is gone", withNodes((all) => all.slice(0, -1))],
    [
      "a step of another kind",
      withNodes((all) => all.map((one) => (one.id === "rich-0" ? { ...one, kind: "exit" } : one))),
    ],
    [
      "a step that was dragged",
      withNodes((all) => all.map((one) => (one.id === "rich-0" ? { ...one, at: { x: 8, y: 8 } } : one))),
    ],
    ["another trigger", (document) => ({ ...document, entry: "fork-0" })],
  ])("have not where they differ by %s", (_, edit) => {
    expect(isSameShape(drawing, edit(drawing), portsOf)).toBe(false);
  });

  it("have not where a way is called otherwise: its line bears its name", () => {
    const fork =
      (name: string): Edit =>
      (document) => ({
        ...document,
        nodes: [
          ...document.nodes,
          { id: "which", kind: "switch", config: { cases: [{ id: "a", name, when: { all: [] } }] } },
        ],
      });
    expect(isSameShape(fork("Gold")(drawing), fork("Gold")(drawing), portsOf)).toBe(true);
    expect(isSameShape(fork("Gold")(drawing), fork("Silver")(drawing), portsOf)).toBe(false);
  });
});
