import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { listJourneys } from "./list";

await database();

/** A journey of everybody who came to a place, and who of them stand in a wait. */
async function standing(own: Shop, place: string, who: Awaited<ReturnType<typeof members>>): Promise<string> {
  const { id } = await liveJourney(own, {
    name: place,
    entry: "start",
    nodes: [
      { id: "start", kind: "on-event", config: { event: `came_${place}`, when: { all: [] } } },
      { id: "wait", kind: "delay", config: { for: "P1D" } },
    ],
    edges: [{ from: "start", port: "next", to: "wait" }],
    settings: {},
  });
  await accept(
    own,
    who.map((member) => ({ member, event: event(`came_${place}`, {}) })),
  );
  return id;
}
const list = async (own: Shop, query: object) => value(await call(listJourneys, own.actor(), query));

it("sorts journeys by who stands in them or entered them, page by page, each once", async () => {
  const own = await shop();
  const [a, b, c] = await members(own, 3);
  if (!a || !b || !c) throw new Error("three members were wanted");
  const [none, one, three, two] = [
    await standing(own, "none", []),
    await standing(own, "one", [a]),
    await standing(own, "three", [a, b, c]),
    await standing(own, "two", [b, c]),
  ];
  await dispatchAll();
  for (const sort of ["live", "entered"] as const) {
    const first = await list(own, { sort, limit: "3" });
    expect(first.items.map(({ id }) => id)).toEqual([three, two, one]);
    expect(first.items.map(({ counts }) => counts[sort])).toEqual([3, 2, 1]);
    const rest = await list(own, { sort, limit: "3", cursor: first.next });
    expect(rest).toMatchObject({ items: [{ id: none, name: "none" }], next: null });
  }
  const rising = await list(own, { sort: "live", order: "asc" });
  expect(rising.items.map(({ id }) => id)).toEqual([none, one, two, three]);
  // Equal counts stand in the order of their ids; a cursor of another sort begins at the start.
  const failed = await list(own, { sort: "failed", order: "asc", limit: "2" });
  expect(failed.items.map(({ id }) => id)).toEqual([none, one]);
  expect((await list(own, { sort: "live", limit: "1", cursor: failed.next })).items[0]?.id).toBe(three);
  expect((await list(own, { sort: "live", q: "TW" })).items.map(({ id }) => id)).toEqual([two]);
});
