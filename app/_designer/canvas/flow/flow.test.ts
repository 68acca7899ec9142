import { describe, expect, it } from "vitest";
import { bigDrawing } from "@/bench/rig/drawing";
import { entitle } from "../../edit/change";
import { createFlow } from "./flow";

const document = bigDrawing(40);
const folded = { document, folds: new Map() };
const places = Object.fromEntries(document.nodes.map(({ id }, i) => [id, { x: 0, y: i * 160 }]));
const label = () => "";

describe("what the canvas draws", () => {
  it("is the same cards and the same list of lines while a card is carried, but for the card itself", () => {
    const flow = createFlow();
    const before = { cards: flow.cards(folded, places, [], label), lines: flow.wires(folded, places, undefined, "en") };
    const at = places["rich-1"] ?? { x: 0, y: 0 };
    const moved = { ...places, "rich-1": { x: at.x + 8, y: at.y } };
    const cards = flow.cards(folded, moved, [], label);
    expect(cards.filter((card, i) => card !== before.cards[i]).map(({ id }) => id)).toEqual(["rich-1"]);
    expect(flow.wires(folded, moved, undefined, "en")).toBe(before.lines);
  });

  it("is the same lines at a letter, and the same cards but for the one that it is written in", () => {
    const flow = createFlow();
    const before = { cards: flow.cards(folded, places, [], label), lines: flow.wires(folded, places, undefined, "en") };
    const written = { document: entitle("rich-1", "A title")(document), folds: new Map() };
    const cards = flow.cards(written, places, [], label);
    const [changed, ...others] = cards.filter((card, i) => card !== before.cards[i]);
    expect(changed?.data.node.title).toBe("A title");
    expect(others).toEqual([]);
    expect(flow.wires(written, places, undefined, "en")).toBe(before.lines);
  });

  it("calls a way by its name in the reader's language, and hides from screen readers a line that has none", () => {
    const flow = createFlow();
    const named = (locale: "en" | "zh-CN") =>
      new Map(flow.wires(folded, places, undefined, locale).map((line) => [line.id, line]));
    expect(named("en").get("fork-0:yes")?.ariaLabel).toBe("yes");
    expect(named("zh-CN").get("fork-0:yes")?.ariaLabel).toBe("是");
    expect(named("en").get("rich-0:next")).toMatchObject({ domAttributes: { "aria-hidden": true } });
  });

  it("is another list of lines once one is chosen, led elsewhere or gone", () => {
    const flow = createFlow();
    const before = flow.wires(folded, places, undefined, "en");
    const [first] = before;
    const chosen = flow.wires(folded, places, first?.id, "en");
    expect(chosen).not.toBe(before);
    expect(chosen.filter((line, i) => line !== before[i]).map(({ id }) => id)).toEqual([first?.id]);
    const cut = { ...document, edges: document.edges.slice(1) };
    expect(flow.wires({ document: cut, folds: new Map() }, places, undefined, "en")).toHaveLength(before.length - 1);
  });
});
