import { expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { createDesigner } from "../designer";
import { createKeeper } from "./draft";
import { recover } from "./recover";
import { createSync } from "./sync";

const J = { user: "ada", journey: "j" };
const node = (id: string, title: string) => ({ id, kind: "tag", config: {}, title });
const journey = (...titles: string[]): JourneyDocument => ({
  name: "j",
  entry: "n0",
  nodes: titles.map((title, i) => node(`n${i}`, title)),
  edges: [],
  settings: { reentry: { is: "after_end" }, priority: 0 },
});

/** A window that opens what the server has, beside what others of this browser kept. */
function opening(
  server: JourneyDocument,
  kept: { window: string; base: JourneyDocument; document: JourneyDocument }[],
) {
  const items = new Map<string, string>();
  const storage = {
    get length() {
      return items.size;
    },
    key: (i: number) => [...items.keys()][i] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  };
  const later = () => () => {};
  kept.forEach(({ window, base, document }, i) => {
    const keeper = createKeeper(J, window, storage, later, () => i);
    keeper.keep({ revision: 1, base, document });
    keeper.flush();
  });
  const designer = createDesigner(server);
  const keeper = createKeeper(J, "own", storage, later);
  const sync = createSync(
    { revision: 2, document: server },
    {
      save: async () => ({ is: "offline" }),
      keep: keeper.keep,
      tell: (state) => designer.store.setState({ sync: state }),
      differs: () => {},
      later,
    },
  );
  designer.store.subscribe(({ document }, was) => {
    if (document !== was.document) sync.changed(document);
  });
  let discard: (() => void) | undefined;
  return {
    designer,
    sync,
    discard: () => discard?.(),
    isTold: () => discard !== undefined,
    windows: () => [...items.keys()].map((key) => key.split(".").at(-1)).sort(),
    run: (open: string[]) =>
      recover(J, {
        designer,
        sync,
        others: async () => new Set(open),
        storage,
        flush: keeper.flush,
        tell: (work) => {
          discard = work;
        },
      }),
    titles: () => designer.store.getState().document.nodes.map(({ title }) => title),
  };
}

const base = journey("a", "b");

it("brings back what a crashed window kept, to be saved on the revision it began with", async () => {
  const page = opening(base, [{ window: "crashed", base, document: journey("a", "mine") }]);
  await page.run([]);
  expect(page.titles()).toEqual(["a", "mine"]);
  expect(page.sync.base()).toEqual({ revision: 1, document: base });
  expect(page.windows()).toEqual(["own"]);
});

it("leaves a window that is open what is its own", async () => {
  const page = opening(base, [{ window: "open", base, document: journey("a", "mine") }]);
  await page.run(["open"]);
  expect(page.titles()).toEqual(["a", "b"]);
  expect([page.isTold(), page.windows()]).toEqual([false, ["open"]]);
});

it("forgets what the server has anyway, and keeps an older window's edits for the next opening", async () => {
  const page = opening(base, [
    { window: "older", base, document: journey("older", "b") },
    { window: "newer", base, document: journey("a", "newer") },
    { window: "saved", base, document: base },
  ]);
  await page.run([]);
  expect(page.titles()).toEqual(["a", "newer"]);
  expect(page.windows()).toEqual(["older", "own"]);
});

it("does not disturb whoever has begun to draw", async () => {
  const page = opening(base, [{ window: "crashed", base, document: journey("a", "mine") }]);
  page.designer.edit(() => journey("drawn", "b"));
  await page.run([]);
  expect(page.titles()).toEqual(["drawn", "b"]);
  expect(page.windows()).toContain("crashed");
});

it("discards what came back and nothing that was drawn since", async () => {
  const page = opening(base, [{ window: "crashed", base, document: journey("a", "mine") }]);
  await page.run([]);
  page.designer.edit(() => journey("since", "mine"));
  page.discard();
  expect(page.titles()).toEqual(["since", "b"]);
});
