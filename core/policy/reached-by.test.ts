import { expect, it } from "vitest";
import { ANY_TAG, reachedBy, soughtBy } from "./reached-by";

const added = (when: object) => ({ on: "event", event: "tag_added", when });
const tag = (is: string, value: unknown, of = "event") => ({ field: `${of}.tag`, is, value });
const tags = (document: unknown) => [...reachedBy(document).tags].sort();
const sought = (document: unknown) => [...soughtBy(document).tags].sort();

it("finds members by the tag that an event tells of as by one they carry", () => {
  for (const of of [reachedBy, soughtBy]) {
    expect([...of(added(tag("eq", "pregnant"))).tags]).toEqual(["pregnant"]);
    expect([
      ...of(added({ all: [tag("in", ["a", "b"]), { field: "member.tier", is: "eq", value: "gold" }] })).tags,
    ]).toEqual(["a", "b"]);
    expect([...of({ op: "choose", cases: [{ when: tag("eq", "pregnant", "entry") }] }).tags]).toEqual(["pregnant"]);
  }
});

it("takes whoever waits for an added tag without naming it for one who finds by any tag", () => {
  for (const document of [added({ all: [] }), { op: "wait", first: [{ on: "tag_added", when: { all: [] } }] }])
    expect([tags(document), sought(document)]).toEqual([[ANY_TAG], [ANY_TAG]]);
  expect(tags({ on: "event", event: "order_paid", when: { all: [] } })).toEqual([]);
});

it("forgets no tag that a condition leaves open, and warns of none that it names only to exclude", () => {
  const other = added({ not: tag("eq", "pregnant") });
  expect([tags(other), sought(other)]).toEqual([[ANY_TAG, "pregnant"], []]);
  expect(tags(added({ any: [tag("eq", "a"), { field: "member.tier", is: "eq", value: "gold" }] }))).toEqual([
    ANY_TAG,
    "a",
  ]);
  expect(tags(added(tag("starts_with", "preg")))).toContain(ANY_TAG);
});
