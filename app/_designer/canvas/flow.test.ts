import { describe, expect, it } from "vitest";
import { bigDrawing } from "@/bench/rig/drawing";
import { createFlow } from "./flow";

const document = bigDrawing(40);
const folded = { document, folds: new Map() };
const places = Object.fromEntries(document.nodes.map(({ id }, i) => [id, { x: 0, y: i * 160 }]));
const label = () => "";

describe("what the canvas draws", () => {
  it("is the same cards and the same list of lines while a card is carried, but for the card itself", () => {
    const flow = createFlow();
    const before = { cards: flow.cards(folded, places, [], label), lines: flow.wires(folded, places, undefined) };
    const at = places["rich-1"] ?? { x: 0, y: 0 };
    const moved = { ...places, "rich-1": { x: at.x + 8, y: at.y } };
    const cards = flow.cards(folded, moved, [], label);
    expect(cards.filter((card, i) => card !== before.cards[i]).map(({ id }) => id)).toEqual(["rich-1"]);
    expect(flow.wires(folded, moved, undefined)).toBe(before.lines);
  });

  it("is another list of lines once one is chosen, led elsewhere or gone", () => {
    const flow = createFlow();
    const before = flow.wires(folded, places, undefined);
    const [first] = before;
    const chosen = flow.wires(folded, places, first?.id);
    expect(chosen).not.toBe(before);
    expect(chosen.filter((line, i) => line !== before[i]).map(({ id }) => id)).toEqual([first?.id]);
    const cut = { ...document, edges: document.edges.slice(1) };
    expect(flow.wires({ document: cut, folds: new Map() }, places, undefined)).toHaveLength(before.length - 1);
  });
});
