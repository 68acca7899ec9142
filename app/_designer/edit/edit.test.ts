import { describe, expect, it } from "vitest";
import type { PortsOf } from "../kinds";
import { move, tidy } from "./arrange";
import { configure, entitle, setField } from "./change";
import { connect, disconnect, reconnect } from "./connect";
import { atOf, journey, lines, name, node, portsOf } from "./edit-harness";
import { add, insert } from "./insert";
import { forks, remove } from "./remove";
import { replace } from "./replace";
import { neighbour, walk } from "./walk";
import { lastWay, wayAfter } from "./way";

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
