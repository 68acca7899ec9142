import { describe, expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { layout } from "../geometry/layout";
import { portsOf } from "../kinds";
import { both } from "./both";
import { wordsApart } from "./words-apart";

const node = (id: string, more: object = {}) => ({ id, kind: "tag", config: { tag: id, action: "add" }, ...more });
const drawing = (nodes: ReturnType<typeof node>[], lines: string[]): JourneyDocument => ({
  name: "x",
  entry: "start",
  nodes: [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, ...nodes],
  edges: lines.map((line) => {
    const [from = "", port = "", to = ""] = line.split(/[.>]/);
    return { from, port, to };
  }),
  settings: { reentry: { is: "always" }, priority: 0 },
});
const lines = ({ document, marks }: ReturnType<typeof both>) =>
  document.edges.map((edge) => `${edge.from}.${edge.port}>${edge.to} ${marks.wires.get(edge) ?? "same"}`).sort();

describe("two drawings as one", () => {
  it("keep what was removed in its place, with the line that healed over it", () => {
    const apart = both(
      drawing([node("a"), node("b")], ["start.next>a", "a.next>b"]),
      drawing([node("b")], ["start.next>b"]),
      portsOf,
    );
    expect(apart.document.nodes.map(({ id }) => id)).toEqual(["start", "b", "a"]);
    expect(apart.marks.nodes.get("a")).toMatchObject({ is: "removed" });
    expect(lines(apart)).toEqual(["a.next>b removed", "start.next>a removed", "start.next>b added"]);
  });

  it("tell a replaced step as changed, under its new id, and its lines as the same", () => {
    const apart = both(
      drawing([node("a")], ["start.next>a"]),
      drawing([node("z", { kind: "exit", config: {}, replaces: "a" })], ["start.next>z"]),
      portsOf,
    );
    expect(apart.marks.nodes.get("z")).toMatchObject({ is: "changed", before: { id: "a" }, parts: ["kind", "config"] });
    expect(lines(apart)).toEqual(["start.next>z same"]);
  });

  it("give a removed step another id where a new one goes by its own", () => {
    const apart = both(
      drawing([node("a"), node("b")], ["start.next>a", "a.next>b"]),
      drawing([node("a", { replaces: "b" })], ["start.next>a"]),
      portsOf,
    );
    expect(new Set(apart.document.nodes.map(({ id }) => id)).size).toBe(3);
    expect(apart.marks.nodes.get("a-1")).toMatchObject({ is: "removed", before: { id: "a" } });
  });

  it("remember the names of ways that a step lost", () => {
    const fork = (config: object) => ({ id: "f", kind: "switch", config }) as ReturnType<typeof node>;
    const when = { field: "member.tier", is: "eq", value: "gold" };
    const apart = both(
      drawing([fork({ cases: [{ id: "g", name: "Gold", when }] }), node("a")], ["start.next>f", "f.g>a"]),
      drawing([fork({ cases: [{ id: "s", name: "Silver", when }] }), node("a")], ["start.next>f", "f.s>a"]),
      portsOf,
    );
    expect(apart.marks.lost.get("f:g")?.name.en).toBe("Gold");
  });

  it("are laid out with what leads to it above each step, the lost ones too", async () => {
    const apart = both(
      drawing([node("a"), node("b"), node("c")], ["start.next>a", "a.next>b", "b.next>c"]),
      drawing([node("c"), node("d")], ["start.next>d", "d.next>c"]),
      portsOf,
    );
    const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
    const { positions } = await layout(new Elk(), apart.document, portsOf);
    const y = (id: string) => positions[id]?.y ?? Number.NaN;
    expect(y("start")).toBeLessThan(y("a"));
    expect(y("a")).toBeLessThan(y("b"));
    expect(y("b")).toBeLessThan(y("c"));
    expect(y("d")).toBeLessThan(y("c"));
  });

  it("lie as the later one was arranged, unless something lost would lie on something there", () => {
    const at = (x: number, y: number) => ({ at: { x, y } });
    const from = drawing([node("a", at(0, 200)), node("b", at(0, 400))], ["start.next>a", "a.next>b"]);
    const apart = (place: { at: { x: number; y: number } }) =>
      both(from, drawing([node("b", place)], ["start.next>b"]), portsOf).document.nodes.map(({ at }) => at);
    expect(apart(at(0, 400))).toContainEqual({ x: 0, y: 200 });
    expect(apart(at(0, 220))).toEqual([undefined, undefined, undefined]);
  });
});

describe("two texts", () => {
  it("are told word by word, Chinese by the character", () => {
    expect(wordsApart("Wait 3 days, then go", "Wait 7 days, then go")).toEqual([
      { text: "Wait ", is: "same" },
      { text: "3", is: "gone" },
      { text: "7", is: "new" },
      { text: " days, then go", is: "same" },
    ]);
    expect(wordsApart("满100减20", "满200减20")?.map(({ is, text }) => `${is} ${text}`)).toEqual([
      "same 满",
      "gone 100",
      "new 200",
      "same 减20",
    ]);
  });

  it("keep a value whole, and every letter of both", () => {
    const [before, after] = ["Hi {{ member.name }}, 20 off!", "Hi {{ member.name }}, only today 30 off 🎉"];
    const told = wordsApart(before, after) ?? [];
    const without = (gone: string) => told.flatMap(({ is, text }) => (is === gone ? [] : [text])).join("");
    expect([without("new"), without("gone")]).toEqual([before, after]);
    expect(told.some(({ text }) => text.includes("{{ member.name }}"))).toBe(true);
  });

  it("that share little are not told word by word", () => {
    expect(wordsApart("Thank you for your order", "会员日九五折")).toBeUndefined();
  });
});
