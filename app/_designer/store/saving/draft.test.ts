import { expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { createKeeper, dropDraft, readDrafts } from "./draft";

const document = (name: string): JourneyDocument => ({
  name,
  entry: "start",
  nodes: [],
  edges: [],
  settings: { reentry: { is: "after_end" }, priority: 0 },
});
const draft = (name: string) => ({ revision: 3, base: document("base"), document: document(name) });

/** A browser's storage, and how often it was written. */
const J = { user: "ada", journey: "j" };
function storing() {
  const kept = new Map<string, string>();
  let writes = 0;
  return {
    get length() {
      return kept.size;
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      writes++;
      kept.set(key, value);
    },
    removeItem: (key: string) => kept.delete(key),
    writes: () => writes,
  };
}

it("keeps the last of many changes once the typing pauses, at once when the page goes away, and nothing once all is saved", () => {
  const storage = storing();
  let due: (() => void) | undefined;
  const keeper = createKeeper(J, "w", storage, (_ms, work) => {
    due = work;
    return () => {
      due = undefined;
    };
  });
  const names = () => readDrafts(J, storage).map(({ document }) => document.name);
  for (const name of ["a", "ab", "abc"]) keeper.keep(draft(name));
  expect(storage.writes()).toBe(0);
  due?.();
  expect(names()).toEqual(["abc"]);
  expect(storage.writes()).toBe(1);

  keeper.keep(draft("abcd"));
  keeper.flush();
  expect(names()).toEqual(["abcd"]);

  keeper.keep(draft("abcde"));
  keeper.keep(undefined);
  due?.();
  expect(names()).toEqual([]);
});

it("keeps what each window drew, the newest first, whatever another window saves or a broken entry says", () => {
  const storage = storing();
  let now = 1;
  const window = (name: string) =>
    createKeeper(
      J,
      name,
      storage,
      () => () => {},
      () => now++,
    );
  const [one, two] = [window("one"), window("two")];
  one.keep(draft("of one"));
  one.flush();
  two.keep(draft("of two"));
  two.flush();
  storage.setItem("regulars.draft.ada.j.three", "{");
  createKeeper({ ...J, journey: "j2" }, "one", storage, () => () => {}).keep(undefined);
  expect(readDrafts(J, storage).map(({ window }) => window)).toEqual(["two", "one"]);
  two.keep(undefined);
  expect(readDrafts(J, storage).map(({ window, document }) => [window, document.name])).toEqual([["one", "of one"]]);
  dropDraft(J, "one", storage);
  expect(readDrafts(J, storage)).toEqual([]);
});

it("keeps each person's edits apart where several use one browser", () => {
  const storage = storing();
  const keeper = createKeeper(J, "w", storage, () => () => {});
  keeper.keep(draft("Ada's"));
  keeper.flush();
  const bo = { ...J, user: "bo" };
  expect(readDrafts(bo, storage)).toEqual([]);
  dropDraft(bo, "w", storage);
  expect(readDrafts(J, storage).map(({ document }) => document.name)).toEqual(["Ada's"]);
});
