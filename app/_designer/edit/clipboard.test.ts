import { describe, expect, it } from "vitest";
import { move } from "./arrange";
import { copy, paste, readClip, tooMany } from "./clipboard";
import { journey, lines, never, node, portsOf } from "./edit-harness";

describe("the clipboard", () => {
  const ids = () => {
    let n = 0;
    return (kind: string) => `${kind}-${++n}`;
  };

  it("holds the chosen nodes with the lines between them, never the trigger", () => {
    const clip = copy(journey(), ["start", "fork", "a"]);
    expect(clip?.nodes.map((one) => one.id)).toEqual(["fork", "a"]);
    expect(clip?.edges).toEqual([{ from: "fork", port: "yes", to: "a" }]);
    expect(copy(journey(), ["start"])).toBeUndefined();
  });

  it("reads its own text and nothing else", () => {
    const clip = copy(journey(), ["a"]);
    expect(readClip(JSON.stringify(clip))).toEqual(clip);
    for (const text of [
      "",
      "hello",
      "{}",
      '{"regulars":"nodes","nodes":[]}',
      '{"regulars":"nodes","nodes":[{"id":"<x>","kind":"if","config":{}}],"edges":[]}',
    ])
      expect(readClip(text)).toBeUndefined();
  });

  it("takes none whose steps do not fit together: it would leave a journey with twins, or with lines to nowhere", () => {
    const [a, b] = [node("a", "tag"), node("b", "tag")];
    const line = { from: "a", port: "next", to: "b" };
    const note = { id: "n", text: "", at: { x: 0, y: 0 } };
    const piece = (parts: object) =>
      readClip(JSON.stringify({ regulars: "nodes", nodes: [a, b], edges: [], ...parts }));
    expect(piece({ edges: [line] })).toMatchObject({ edges: [line] });
    for (const parts of [
      { nodes: [a, a] },
      { edges: [{ ...line, to: "stranger" }] },
      { edges: [{ ...line, from: "stranger" }] },
      { notes: [note, note] },
    ])
      expect(piece(parts)).toBe("broken");
    const whole = journey();
    expect(readClip(JSON.stringify({ ...whole, nodes: [...whole.nodes, node("a", "tag")] }))).toBe("broken");
  });

  it("reads a whole journey's file as its steps and notes, without its trigger", () => {
    const whole = { ...journey(), notes: [{ id: "n", text: "Why", at: { x: 0, y: 0 } }] };
    const clip = readClip(JSON.stringify(whole));
    if (clip === "broken" || clip === "too big") throw new Error("no piece");
    const ids = whole.nodes.map(({ id }) => id).filter((id) => id !== whole.entry);
    expect(clip?.nodes.map(({ id }) => id)).toEqual(ids);
    expect(clip?.edges).toEqual(whole.edges.filter(({ from }) => from !== whole.entry));
    expect(clip?.notes).toEqual(whole.notes);
    const alone = { ...whole, nodes: whole.nodes.filter(({ id }) => id === whole.entry), edges: [], notes: [] };
    expect(readClip(JSON.stringify(alone))).toBeUndefined();
  });

  it("says of what would be too many how many it would be, before it is pasted", () => {
    const [first] = journey().nodes;
    if (!first) throw new Error("no step");
    const of = (count: number) => Array.from({ length: count }, (_, i) => ({ ...first, id: `s${i}` }));
    const full = { ...journey(), nodes: of(999), edges: [] };
    expect(tooMany({ nodes: of(1) }, full)).toBeUndefined();
    expect(tooMany({ nodes: of(2) }, full)).toEqual({ of: "steps", count: 1001, most: 1000 });
    const notes = Array.from({ length: 101 }, (_, i) => ({ id: `n${i}`, text: "", at: { x: 0, y: 0 } }));
    expect(tooMany({ nodes: [], notes }, full)).toEqual({ of: "notes", count: 101, most: 100 });
  });

  it("takes no step from the clipboard that is nested deeper than can be kept, or lies beyond the canvas", () => {
    const [first] = journey().nodes;
    if (!first) throw new Error("no step");
    let rule: object = { all: [] };
    for (let depth = 0; depth < 3000; depth++) rule = { not: rule };
    const text = (over: object) => JSON.stringify({ regulars: "nodes", nodes: [{ ...first, ...over }], edges: [] });
    expect(readClip(text({ config: { when: rule } }))).toBe("too big");
    expect(readClip(text({ at: { x: 1e300, y: 0 } }))).toBeUndefined();
    expect(readClip(text({ at: { x: -1e5, y: 1e5 } }))).toMatchObject({ nodes: [{ at: { x: -1e5, y: 1e5 } }] });
  });

  it("pastes with fresh ids, and references among the pasted follow", () => {
    const clip = {
      regulars: "nodes" as const,
      nodes: [
        node("give", "send"),
        node("ask", "if", { when: { field: "coupon.of.give.id", is: "eq", value: { field: "coupon.of.other.id" } } }),
      ],
      edges: [{ from: "give", port: "next", to: "ask" }],
    };
    const { edit, ids: made } = paste(clip, { after: { from: "b", port: "next" } }, ids(), portsOf);
    const after = edit(journey());
    expect(made).toEqual(["send-1", "if-2"]);
    expect(lines(after)).toEqual(expect.arrayContaining(["b.next>send-1", "send-1.next>if-2"]));
    expect(after.nodes.find((one) => one.id === "if-2")?.config).toEqual({
      when: { field: "coupon.of.send-1.id", is: "eq", value: { field: "coupon.of.other.id" } },
    });
  });

  it("takes chosen notes along, alone too, and pastes them where they stood to the steps", () => {
    const stuck = { ...journey(), notes: [{ id: "n", text: "why", at: { x: 300, y: 20 } }] };
    const alone = copy(stuck, ["note:n"]);
    expect(readClip(JSON.stringify(alone))).toEqual(alone);
    const beside = paste(alone ?? never(), { beside: true }, ids(), portsOf);
    expect(beside.ids).toEqual(["note:n-1"]);
    expect(beside.edit(stuck).notes?.at(-1)).toEqual({ id: "n-1", text: "why", at: { x: 348, y: 68 } });
    const placed = move({ a: { x: 100, y: 20 } })(stuck);
    const there = paste(copy(placed, ["a", "note:n"]) ?? never(), { at: { x: 0, y: 0 } }, ids(), portsOf);
    const after = there.edit(journey());
    expect(after.nodes.at(-1)?.at).toEqual({ x: 0, y: 0 });
    expect(after.notes?.map(({ at }) => at)).toEqual([{ x: 200, y: 0 }]);
  });

  it("pasted into a line goes on from its tail", () => {
    const clip = {
      regulars: "nodes" as const,
      nodes: [node("x", "tag"), node("y", "if")],
      edges: [{ from: "x", port: "next", to: "y" }],
    };
    const { edit } = paste(clip, { after: { from: "fork", port: "yes" } }, ids(), portsOf);
    expect(lines(edit(journey()))).toEqual([
      "a.next>end",
      "fork.no>b",
      "fork.yes>tag-1",
      "if-2.yes>a",
      "start.next>fork",
      "tag-1.next>if-2",
    ]);
  });
});
