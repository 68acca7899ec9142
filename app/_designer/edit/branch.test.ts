import { describe, expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { aligned, carry, distributed } from "./arrange";
import { copy, paste } from "./clipboard";
import { connect } from "./connect";
import { branchOf, fold, withBranch } from "./fold";
import { moveNotes, notesOf, stick, unstick, write } from "./notes";
import { goesOn, transplant } from "./transplant";

const name = { en: "", "zh-CN": "" };
const PORTS: Record<string, string[]> = { "on-event": ["next"], if: ["yes", "no"], tag: ["next"], goal: [] };
const portsOf: PortsOf = ({ kind }) => (PORTS[kind] ?? []).map((id) => ({ id, name }));
const node = (id: string, kind: string, at?: { x: number; y: number }) => ({ id, kind, config: {}, ...(at && { at }) });
const line = (from: string, port: string, to: string) => ({ from, port, to });

/** start → fork; yes → a → b → end, no → c → end */
const journey = (): JourneyDocument => ({
  name: "j",
  entry: "start",
  settings: { reentry: { is: "after_end" }, priority: 0 },
  nodes: [
    node("start", "on-event"),
    node("fork", "if"),
    node("a", "tag"),
    node("b", "tag"),
    node("c", "tag"),
    node("end", "goal"),
  ],
  edges: [
    line("start", "next", "fork"),
    line("fork", "yes", "a"),
    line("fork", "no", "c"),
    line("a", "next", "b"),
    line("b", "next", "end"),
    line("c", "next", "end"),
  ],
});
const lines = (document: JourneyDocument) => document.edges.map(({ from, port, to }) => `${from}.${port}>${to}`).sort();
const yes = { from: "fork", port: "yes" };

describe("a branch", () => {
  it("is what only its way leads to: where branches meet belongs to neither", () => {
    expect(branchOf(journey(), yes, portsOf)).toEqual(["a", "b"]);
    expect(branchOf(journey(), { from: "start", port: "next" }, portsOf)).toEqual(["fork", "a", "b", "end", "c"]);
    expect(branchOf(journey(), { from: "b", port: "next" }, portsOf)).toEqual([]);
  });

  it("of a step holds the step itself", () => {
    expect(withBranch(journey(), "a", portsOf)).toEqual(["a", "b"]);
    expect(withBranch(journey(), "end", portsOf)).toEqual(["end"]);
    expect(withBranch(journey(), "start", portsOf)).toHaveLength(6);
  });

  it("with a loop back up stays whole, and leaves what stands above", () => {
    const loop = connect({ from: "b", port: "next" }, "fork")(journey());
    expect(branchOf(loop, yes, portsOf)).toEqual(["a", "b"]);
  });
});

describe("folding", () => {
  it("takes a branch out of sight, and leads its line on to where the branch led", () => {
    const { document, folds } = fold(journey(), ["fork:yes"], portsOf);
    expect(document.nodes.map(({ id }) => id)).toEqual(["start", "fork", "c", "end"]);
    expect(lines(document)).toEqual(["c.next>end", "fork.no>c", "fork.yes>end", "start.next>fork"]);
    expect(folds.get("fork:yes")).toEqual({ place: yes, hidden: ["a", "b"], to: "end" });
  });

  it("of both branches hides where they meet as well when the step above is folded", () => {
    const { document, folds } = fold(journey(), ["start:next", "fork:yes"], portsOf);
    expect(document.nodes.map(({ id }) => id)).toEqual(["start"]);
    expect(document.edges).toEqual([]);
    expect(folds.get("start:next")?.hidden).toHaveLength(5);
  });

  it("of a way that hides nothing, or is gone, changes nothing", () => {
    const before = journey();
    expect(fold(before, ["b:next", "nobody:next"], portsOf).document).toBe(before);
  });
});

describe("moving steps elsewhere", () => {
  it("heals where they stood and goes on from their tail where they come to stand", () => {
    expect(lines(transplant(["a"], { from: "fork", port: "no" }, portsOf)(journey()))).toEqual([
      "a.next>c",
      "b.next>end",
      "c.next>end",
      "fork.no>a",
      "fork.yes>b",
      "start.next>fork",
    ]);
  });

  it("takes a whole branch along", () => {
    expect(lines(transplant(["a", "b"], { from: "c", port: "next" }, portsOf)(journey()))).toEqual([
      "a.next>b",
      "b.next>end",
      "c.next>a",
      "fork.no>c",
      "fork.yes>end",
      "start.next>fork",
    ]);
  });

  it("into itself, or where it stands already, changes nothing", () => {
    const before = journey();
    expect(transplant(["a", "b"], { from: "b", port: "next" }, portsOf)(before)).toBe(before);
    expect(transplant(["a"], yes, portsOf)(before)).toBe(before);
    expect(transplant(["start"], { from: "c", port: "next" }, portsOf)(before)).toBe(before);
  });

  it("puts an end only where nothing would be cut off", () => {
    const before = journey();
    expect(goesOn(before, new Set(["end"]), portsOf)).toBe(false);
    expect(goesOn(before, new Set(["a", "b"]), portsOf)).toBe(true);
    expect(transplant(["end"], yes, portsOf)(before)).toBe(before);
  });
});

describe("cutting and pasting", () => {
  it("keeps an id that is free in the same journey, so that the step goes on with its history", () => {
    const clip = copy(journey(), ["a"], "j-1");
    const without = { ...journey(), nodes: journey().nodes.filter(({ id }) => id !== "a"), edges: [] };
    if (!clip) throw new Error("nothing was copied");
    const pasted = paste(
      clip,
      { after: { from: "c", port: "next" } },
      () => "new",
      portsOf,
      () => true,
    );
    expect(pasted.ids).toEqual(["a"]);
    expect(lines(pasted.edit(without))).toEqual(["c.next>a"]);
  });
});

describe("aligning", () => {
  const boxes = [
    { id: "a", x: 0, y: 0, width: 100, height: 40 },
    { id: "b", x: 50, y: 100, width: 60, height: 40 },
    { id: "c", x: 300, y: 110, width: 100, height: 80 },
  ];

  it("brings one side in line with the outermost", () => {
    expect(aligned(boxes, "left")).toMatchObject({ a: { x: 0, y: 0 }, b: { x: 0, y: 100 }, c: { x: 0, y: 110 } });
    expect(aligned(boxes, "right")).toMatchObject({ a: { x: 300 }, b: { x: 340 }, c: { x: 300 } });
    expect(aligned(boxes, "bottom")).toMatchObject({ a: { y: 150 }, b: { y: 150 }, c: { y: 110 } });
    expect(aligned(boxes, "centre")).toMatchObject({ a: { x: 150 }, b: { x: 170 } });
  });

  it("makes the gaps equal and leaves the outer ones", () => {
    expect(distributed(boxes, "across")).toMatchObject({ a: { x: 0 }, b: { x: 170 }, c: { x: 300 } });
    expect(distributed(boxes.slice(0, 2), "across")).toEqual({});
  });

  it("takes along what is folded away", () => {
    const pinned = { ...journey(), nodes: [node("a", "tag", { x: 0, y: 0 }), node("b", "tag", { x: 10, y: 10 })] };
    expect(carry([{ ids: ["b"], by: { x: 5, y: -5 } }])(pinned).nodes.map(({ at }) => at)).toEqual([
      { x: 0, y: 0 },
      { x: 15, y: 5 },
    ]);
  });
});

describe("notes", () => {
  it("are stuck, written, moved and taken off, and a drawing without notes has no such list", () => {
    const stuck = stick("n1", { x: 1.4, y: 2 })(journey());
    expect(notesOf(stuck)).toEqual([{ id: "n1", text: "", at: { x: 1, y: 2 } }]);
    const written = moveNotes({ n1: { x: 9, y: 9 } })(write("n1", "Ask Lin")(stuck));
    expect(notesOf(written)).toEqual([{ id: "n1", text: "Ask Lin", at: { x: 9, y: 9 } }]);
    expect(unstick(["n1"])(written)).toEqual(journey());
    expect(unstick(["nobody"])(written)).toBe(written);
  });
});
