import { describe, expect, it } from "vitest";
import { hasPlaces, keepPlaces, readPlaces } from "./places";

function storage(most = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > most) throw new Error("full");
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}
const CARDS = { start: { x: -136, y: 0 }, end: { x: -80, y: 160 } };

describe("places of a drawing", () => {
  it("are known again for the same journey and shape, and for no other", () => {
    const browser = storage();
    keepPlaces("a", "two cards", CARDS, browser);
    expect(readPlaces("a", "two cards", browser)).toEqual(CARDS);
    expect(readPlaces("a", "three cards", browser)).toBeUndefined();
    expect(readPlaces("b", "two cards", browser)).toBeUndefined();
    expect([hasPlaces("a", browser), hasPlaces("b", browser)]).toEqual([true, false]);
  });

  it("of the journeys opened longest ago are forgotten", () => {
    const browser = storage();
    for (let i = 0; i < 70; i++) keepPlaces(`j${i}`, "s", CARDS, browser);
    keepPlaces("j10", "s", CARDS, browser);
    keepPlaces("new", "s", CARDS, browser);
    expect(browser.kept.size).toBe(61);
    expect(readPlaces("j69", "s", browser)).toEqual(CARDS);
    expect(readPlaces("j10", "s", browser)).toEqual(CARDS);
    expect(readPlaces("j11", "s", browser)).toBeUndefined();
  });

  it("do without a storage that is full, closed or damaged", () => {
    const full = storage(10);
    keepPlaces("a", "s", CARDS, full);
    expect(readPlaces("a", "s", full)).toBeUndefined();
    const damaged = storage();
    damaged.kept.set("regulars.places", "}{").set("regulars.places.a", '{"shape":1}');
    keepPlaces("b", "s", CARDS, damaged);
    expect(readPlaces("a", "s", damaged)).toBeUndefined();
  });
});
