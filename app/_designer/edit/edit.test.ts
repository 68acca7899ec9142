import { describe, expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { move, tidy } from "./arrange";
import { configure, entitle, setField } from "./change";
import { copy, paste, readClip, tooMany } from "./clipboard";
import { connect, disconnect, reconnect } from "./connect";
import { add, insert } from "./insert";
import { forks, remove } from "./remove";
import { replace } from "./replace";
import { neighbour, walk } from "./walk";
import { lastWay, wayAfter } from "./way";

const name = { en: "", "zh-CN": "" };
const PORTS: Record<string, string[]> = {
  "on-event": ["next"],
  if: ["yes", "no"],
  send: ["next"],
  tag: ["next"],
  goal: [],
};
/** Ports of a test's kinds; a `cases` config makes ports of its own. */
const portsOf: PortsOf = ({ kind, config }) =>
  (Array.isArray(config.cases) ? config.cases.map(String) : (PORTS[kind] ?? [])).map((id) => ({ id, name }));
const node = (id: string, kind: string, config: Record<string, unknown> = {}) => ({ id, kind, config });

/** start → fork; yes → a → end, no → b */
const journey = (): JourneyDocument => ({
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
const lines = (document: JourneyDocument) => document.edges.map(({ from, port, to }) => `${from}.${port}>${to}`).sort();
const atOf = (document: JourneyDocument, id: string) => document.nodes.find((one) => one.id === id)?.at;

describe("adding a step", () => {
  it("on an open port leads the port to it", () => {
    const after = insert(node("new", "tag"), { from: "b", port: "next" }, portsOf)(journey());
    expect(lines(after)).toContain("b.next>new");
    expect(after.nodes).toHaveLength(6);
  });

  it("on a line goes on from its first port to where the line led", () => {
    const after = insert(node("new", "if"), { from: "fork", port: "yes" }, portsOf)(journey());
    expect(lines(after)).toEqual(["a.next>end", "fork.no>b", "fork.yes>new", "new.yes>a", "start.next>fork"]);
  });

  it("after a step comes on its main way, though another is open; one that ends only where nothing follows yet", () => {
    const drawing = disconnect([{ from: "fork", port: "no" }])(journey());
    expect(wayAfter(drawing, "fork", portsOf)).toEqual({ from: "fork", port: "yes" });
    expect(wayAfter(drawing, "fork", portsOf, true)).toEqual({ from: "fork", port: "no" });
    expect(wayAfter(drawing, "b", portsOf, true)).toEqual({ from: "b", port: "next" });
    expect(wayAfter(drawing, "a", portsOf, true)).toBeUndefined();
    expect(wayAfter(drawing, "end", portsOf)).toBeUndefined();
    expect(lastWay(drawing, portsOf)).toEqual({ from: "b", port: "next" });
  });

  it("behind a node that does not exist, or with an id that does, changes nothing", () => {
    const before = journey();
    expect(insert(node("new", "tag"), { from: "nobody", port: "next" }, portsOf)(before)).toBe(before);
    expect(insert(node("a", "tag"), { from: "b", port: "next" }, portsOf)(before)).toBe(before);
  });

  it("leaves a drawing that nobody arranged to the layout", () => {
    expect(atOf(insert(node("new", "tag"), { from: "b", port: "next" }, portsOf)(journey()), "new")).toBeUndefined();
  });

  it("into a drawing arranged by hand makes room below, and leaves the other branch alone", () => {
    const arranged = move({
      start: { x: 0, y: 0 },
      fork: { x: 0, y: 160 },
      a: { x: -160, y: 320 },
      b: { x: 160, y: 320 },
      end: { x: -100, y: 480 },
    })(journey());
    const after = insert(node("new", "tag"), { from: "fork", port: "yes" }, portsOf)(arranged);
    expect(atOf(after, "new")).toEqual({ x: -160, y: 320 });
    expect(atOf(after, "a")?.y).toBe(480);
    expect(atOf(after, "end")?.y).toBe(640);
    expect(atOf(after, "b")).toEqual({ x: 160, y: 320 });
  });

  it("on the empty canvas puts it where it was dropped, in whole points", () => {
    expect(atOf(add(node("new", "tag"), { x: 10.4, y: 20.6 })(journey()), "new")).toEqual({ x: 10, y: 21 });
  });
});

describe("deleting", () => {
  it("heals the line through the first port", () => {
    expect(lines(remove(["a"], portsOf)(journey()))).toEqual(["fork.no>b", "fork.yes>end", "start.next>fork"]);
    expect(lines(remove(["fork"], portsOf)(journey()))).toEqual(["a.next>end", "start.next>a"]);
  });

  it("heals over a whole chain at once", () => {
    expect(lines(remove(["fork", "a"], portsOf)(journey()))).toEqual(["start.next>end"]);
  });

  it("goes on by the way that is kept, or by none", () => {
    expect(lines(remove(["fork"], portsOf, { fork: "no" })(journey()))).toEqual(["a.next>end", "start.next>b"]);
    expect(lines(remove(["fork"], portsOf, { fork: null })(journey()))).toEqual(["a.next>end"]);
  });

  it("asks which way goes on where several lead to steps that stay", () => {
    const asked = (ids: string[], document = journey()) =>
      forks(document, ids, portsOf).map(({ node, ways }) => [node.id, ways]);
    const [yes, no] = [
      { port: "yes", to: "a" },
      { port: "no", to: "b" },
    ];
    expect(asked(["fork"])).toEqual([["fork", [yes, no]]]);
    expect(asked(["fork", "a"])).toEqual([["fork", [{ port: "yes", to: "end" }, no]]]);
    expect(asked(["fork", "b"])).toEqual([]);
    expect(asked(["fork", "a", "b", "end"])).toEqual([]);
    expect(asked(["a"])).toEqual([]);
    const together = connect({ from: "fork", port: "no" }, "a")(disconnect([{ from: "fork", port: "no" }])(journey()));
    expect(asked(["fork"], together)).toEqual([]);
    const loose = disconnect([{ from: "start", port: "next" }])(journey());
    expect(asked(["fork"], loose)).toEqual([]);
  });

  it("of the last step of a way leaves the port open", () => {
    expect(lines(remove(["b"], portsOf)(journey()))).not.toContain("fork.no>b");
  });

  it("keeps the trigger, and never leads a node into itself", () => {
    const before = journey();
    expect(remove(["start", "nobody"], portsOf)(before)).toBe(before);
    const loop = connect({ from: "b", port: "next" }, "fork")(before);
    expect(lines(remove(["fork"], portsOf)(loop))).toEqual(["a.next>end", "b.next>a", "start.next>a"]);
    expect(lines(remove(["b"], portsOf)(loop)).filter((line) => line.startsWith("fork.no"))).toEqual([]);
  });
});

describe("connecting", () => {
  it("leads a port to one place: the earlier line is let go", () => {
    expect(lines(connect({ from: "fork", port: "yes" }, "b")(journey()))).toEqual([
      "a.next>end",
      "fork.no>b",
      "fork.yes>b",
      "start.next>fork",
    ]);
  });

  it("refuses the trigger, the node itself and strangers", () => {
    const before = journey();
    for (const to of ["start", "a", "nobody"]) expect(connect({ from: "a", port: "next" }, to)(before)).toBe(before);
  });

  it("takes a line's start to another port, and its end to another node", () => {
    expect(lines(reconnect({ from: "fork", port: "no" }, { from: "fork", port: "no" }, "a")(journey()))).toContain(
      "fork.no>a",
    );
    expect(lines(reconnect({ from: "a", port: "next" }, { from: "b", port: "next" }, "end")(journey()))).toEqual([
      "b.next>end",
      "fork.no>b",
      "fork.yes>a",
      "start.next>fork",
    ]);
  });

  it("lets a line go", () => {
    expect(lines(disconnect([{ from: "a", port: "next" }])(journey()))).not.toContain("a.next>end");
  });
});

describe("changing a step", () => {
  it("lets go of the lines from ports that are gone", () => {
    const cased = configure("fork", { cases: ["yes", "third"] }, portsOf)(journey());
    expect(lines(cased)).toEqual(["a.next>end", "fork.yes>a", "start.next>fork"]);
  });

  it("sets one field and takes it away again", () => {
    const set = setField("a", "channel", "sms", portsOf)(journey());
    expect(set.nodes.find((one) => one.id === "a")?.config).toEqual({ channel: "sms" });
    expect(setField("a", "channel", undefined, portsOf)(set).nodes.find((one) => one.id === "a")?.config).toEqual({});
  });

  it("forgets an empty title", () => {
    const titled = entitle("a", "Hello")(journey());
    expect(titled.nodes.find((one) => one.id === "a")?.title).toBe("Hello");
    expect(entitle("a", " ")(titled).nodes.find((one) => one.id === "a")).toEqual(node("a", "send"));
  });
});

describe("arranging", () => {
  it("tidies by forgetting every place, and leaves a tidy drawing as it is", () => {
    const before = journey();
    const moved = move({ a: { x: 1.4, y: 2 } })(before);
    expect(atOf(moved, "a")).toEqual({ x: 1, y: 2 });
    expect(tidy(moved)).toEqual(before);
    expect(tidy(before)).toBe(before);
  });
});

const never = (): never => {
  throw new Error("nothing was copied");
};

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

describe("walking", () => {
  it("reads along the flow, names meetings and loops, and what hangs on nothing last", () => {
    const document = connect(
      { from: "b", port: "next" },
      "end",
    )({ ...journey(), nodes: [node("loose", "tag"), ...journey().nodes] });
    expect(walk(document, portsOf).map(({ node: { id }, again, depth }) => `${id}${again ? "!" : ""}${depth}`)).toEqual(
      ["start0", "fork0", "a1", "end1", "b1", "end!1", "loose0"],
    );
  });

  it("goes down by the first port, up to who leads here, and sideways to the other branch", () => {
    const document = journey();
    expect(neighbour(document, "fork", "down", portsOf)).toBe("a");
    expect(neighbour(document, "b", "up", portsOf)).toBe("fork");
    expect(neighbour(document, "a", "right", portsOf)).toBe("b");
    expect(neighbour(document, "b", "left", portsOf)).toBe("a");
    expect(neighbour(document, "a", "left", portsOf)).toBeUndefined();
  });
});

describe("replacing a step", () => {
  it("keeps its history, its place in the line and what a person wrote on it", () => {
    const titled = entitle("a", "Thanks")(journey());
    const replaced = replace("a", node("z", "tag"), portsOf)(titled);
    expect(lines(replaced)).toEqual(["fork.no>b", "fork.yes>z", "start.next>fork", "z.next>end"]);
    expect(replaced.nodes.find(({ id }) => id === "z")).toMatchObject({ kind: "tag", replaces: "a", title: "Thanks" });
    const again = replace("z", node("y", "send"), portsOf)(replaced);
    expect(again.nodes.find(({ id }) => id === "y")).toMatchObject({ replaces: "a" });
  });

  it("carries ways over by name, then the first to the first, and lets go what finds none", () => {
    expect(lines(replace("fork", node("z", "switch", { cases: ["no", "maybe"] }), portsOf)(journey()))).toEqual([
      "a.next>end",
      "start.next>z",
      "z.no>b",
    ]);
    expect(lines(replace("fork", node("z", "tag"), portsOf)(journey()))).toEqual([
      "a.next>end",
      "start.next>z",
      "z.next>a",
    ]);
  });

  it("carries a way over by its sense where the name is another", () => {
    const toned: PortsOf = ({ kind }) =>
      kind === "wait-for"
        ? [
            { id: "happened", name, tone: "yes" },
            { id: "timeout", name, tone: "late" },
          ]
        : [
            { id: "past", name, tone: "late" },
            { id: "reached", name, tone: "yes" },
          ];
    const waits = {
      ...journey(),
      nodes: journey().nodes.map((one) => (one.id === "fork" ? node("fork", "wait-for") : one)),
    };
    const lead = connect(
      { from: "fork", port: "timeout" },
      "b",
    )(connect({ from: "fork", port: "happened" }, "a")(waits));
    expect(lines(replace("fork", node("z", "wait-date"), toned)(lead)).filter((line) => line.startsWith("z"))).toEqual([
      "z.past>b",
      "z.reached>a",
    ]);
  });

  it("leads what named its coupon to the step that stands there now", () => {
    const when = { field: "coupon.of.a.id", is: "exists" };
    const naming = setField("b", "when", when, portsOf)(journey());
    const replaced = replace("a", node("z", "tag"), portsOf)(naming);
    expect(replaced.nodes.find(({ id }) => id === "b")?.config.when).toEqual({ ...when, field: "coupon.of.z.id" });
  });

  it("leaves the trigger alone", () => {
    const whole = journey();
    expect(replace("start", node("z", "tag"), portsOf)(whole)).toBe(whole);
  });
});
