import { describe, expect, it } from "vitest";
import { JourneyDocument } from "@/core/journey/document";
import { brought } from "./brought";

const tag = (id: string, title?: string) => ({
  id,
  kind: "tag",
  config: { tag: id, action: "add" },
  ...(title && { title }),
});
const line = (from: string, to: string) => ({ from, port: "next", to });
const start = { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } };
const drawn = (nodes: object[], edges: object[], more: object = {}) =>
  JourneyDocument.parse({ name: "Two", entry: "start", nodes: [start, ...nodes], edges, settings: {}, ...more });
const mine = drawn([tag("a"), tag("b"), tag("c")], [line("start", "a"), line("a", "b"), line("b", "c")]);
const ids = (of: { id: string }[]) => of.map(({ id }) => id);

describe("what a colleague's edits brought", () => {
  it("names each step once by what became of it, its lines told with it", () => {
    const joined = drawn(
      [tag("a", "Titled"), tag("new"), tag("b")],
      [line("start", "a"), line("a", "new"), line("new", "b")],
    );
    const { added, changed, removed, hasSettings, hasNotes } = brought(mine, joined);
    expect([ids(added), ids(changed), ids(removed)]).toEqual([["new"], ["a"], ["c"]]);
    expect([hasSettings, hasNotes]).toEqual([false, false]);
  });

  it("names the step whose way leads elsewhere now", () => {
    const joined = drawn([tag("a"), tag("b"), tag("c")], [line("start", "a"), line("a", "c"), line("b", "c")]);
    expect(ids(brought(mine, joined).changed)).toEqual(["a"]);
  });

  it("knows settings and notes, and no place on the canvas", () => {
    const edges = [line("start", "a"), line("a", "b"), line("b", "c")];
    const moved = drawn([{ ...tag("a"), at: { x: 8, y: 8 } }, tag("b"), tag("c")], edges, {
      name: "Renamed",
      notes: [{ id: "n", text: "Ask Lin", at: { x: 0, y: 0 } }],
    });
    expect(brought(mine, moved)).toEqual({ added: [], changed: [], removed: [], hasSettings: true, hasNotes: true });
    expect(brought(mine, drawn([tag("a"), tag("b"), tag("c")], edges))).toMatchObject({
      hasSettings: false,
      hasNotes: false,
    });
  });
});
