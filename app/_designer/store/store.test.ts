import { describe, expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { createDesigner, isFixed } from "./designer";
import { keyOf, merge } from "./saving/merge";
import { type Answer, createSync, type Draft, type SyncState } from "./saving/sync";

const node = (id: string, title = id) => ({ id, kind: "tag", config: {}, title });
const journey = (
  ...nodes: {
    id: string;
    kind: string;
    config: Record<string, unknown>;
    title?: string;
    at?: { x: number; y: number };
  }[]
): JourneyDocument => ({
  name: "j",
  entry: "start",
  nodes,
  edges: [],
  settings: { reentry: { is: "after_end" }, priority: 0 },
});
const rename = (name: string) => (document: JourneyDocument) => ({ ...document, name });

describe("undo and redo", () => {
  it("goes back and forth over every edit, and keeps what is selected only while it exists", () => {
    const { store, edit, undo, redo } = createDesigner(journey(node("a")));
    edit((document) => ({ ...document, nodes: [...document.nodes, node("b")] }), { select: ["b"] });
    undo();
    expect(store.getState().document.nodes.map(({ id }) => id)).toEqual(["a"]);
    expect(store.getState().selected).toEqual([]);
    redo();
    expect(store.getState().document.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("takes a burst of typing as one step, and a pause begins the next", () => {
    let now = 0;
    const { store, edit, undo } = createDesigner(journey(), { clock: () => now });
    for (const name of ["h", "he", "hel"]) {
      now += 200;
      edit(rename(name), { typing: "name" });
    }
    now += 5_000;
    edit(rename("hello"), { typing: "name" });
    undo();
    expect(store.getState().document.name).toBe("hel");
    undo();
    expect(store.getState().document.name).toBe("j");
  });

  it("does not join typing with what was undone", () => {
    const { store, edit, undo, redo } = createDesigner(journey(), { clock: () => 0 });
    edit(rename("a"), { typing: "name" });
    undo();
    edit(rename("b"), { typing: "name" });
    redo();
    expect(store.getState().document.name).toBe("b");
    undo();
    expect(store.getState().document.name).toBe("j");
  });

  it("leaves no trace of a change that changes nothing, nor of a selection", () => {
    const { history, edit, select } = createDesigner(journey(node("a")));
    edit((document) => document);
    select(["a"]);
    expect(history.getState().pastStates).toHaveLength(0);
  });
});

it("is only looked at by whoever may not draw: no edit is made, and there is nothing to take back", () => {
  const { store, history, edit } = createDesigner(journey(node("a")), { mayDraw: false });
  expect(isFixed(store.getState())).toBe(true);
  edit(rename("mine"));
  expect(store.getState().document.name).toBe("j");
  expect(history.getState().pastStates).toHaveLength(0);
});

it("what was chosen for publishing waits while one looks at what it changes", () => {
  const { store, look } = createDesigner(journey(node("a")));
  const publishing = { moves: { a: { is: "exit" as const } }, note: "for the anniversary" };
  store.setState({ publishing });
  look({ mode: "compare", sides: { from: 1, to: "draft" } });
  look({ mode: "edit" });
  expect(store.getState().publishing).toEqual(publishing);
});

describe("joining two people's edits", () => {
  const base = journey(node("a"), node("b"), node("c"));

  it("keeps what only one of them touched", () => {
    const mine = journey(node("a", "mine"), node("b"), node("c"), node("new"));
    const theirs = journey(node("a"), node("b", "theirs"));
    const { document, conflicts } = merge(base, mine, { ...theirs, name: "renamed" });
    expect(conflicts).toEqual([]);
    expect(document.name).toBe("renamed");
    expect(document.nodes.map(({ title }) => title)).toEqual(["mine", "theirs", "new"]);
  });

  it("asks about a node both changed, and takes the side chosen", () => {
    const mine = journey(node("a", "mine"), node("b"), node("c"));
    const theirs = journey(node("a", "theirs"), node("b"), node("c"));
    expect(merge(base, mine, theirs).conflicts.map((conflict) => conflict.node)).toEqual(["a"]);
    expect(merge(base, mine, theirs).document.nodes[0]?.title).toBe("mine");
    expect(merge(base, mine, theirs, { a: "theirs" }).document.nodes[0]?.title).toBe("theirs");
  });

  it("names the step that hangs loose when both put one on the same line and one is chosen", () => {
    const line = (from: string, to: string) => ({ from, port: "next", to });
    const was = { ...journey(node("a"), node("b")), entry: "a", edges: [line("a", "b")] };
    const between = (id: string) => ({
      ...was,
      nodes: [...was.nodes, node(id)],
      edges: [line("a", id), line(id, "b")],
    });
    const [mine, theirs] = [between("mine"), between("hers")];
    expect(merge(was, mine, theirs).loose.map(({ id }) => id)).toEqual(["hers"]);
    expect(merge(was, mine, theirs, { a: "theirs" }).loose.map(({ id }) => id)).toEqual(["mine"]);
    expect(merge(was, mine, was).loose).toEqual([]);
  });

  it("asks about a node one deleted and the other changed", () => {
    const { document, conflicts } = merge(
      base,
      journey(node("b"), node("c")),
      journey(node("a", "theirs"), node("b"), node("c")),
      { a: "theirs" },
    );
    expect(conflicts).toEqual([{ node: "a", mine: undefined, theirs: node("a", "theirs") }]);
    expect(document.nodes.map(({ id }) => id).sort()).toEqual(["a", "b", "c"]);
  });

  const set = (settings: Partial<JourneyDocument["settings"]>): JourneyDocument => ({
    ...base,
    settings: { ...base.settings, ...settings },
  });
  const HOLDOUT = { percent: 10, days: 30 };

  it("joins the journey's settings one by one, limits too", () => {
    const mine = set({ holdout: HOLDOUT, limits: { daily: 100 } });
    const theirs = { ...set({ priority: 5, limits: { total: 1000 } }), name: "renamed" };
    const { document, conflicts } = merge(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.name).toBe("renamed");
    expect(document.settings).toEqual({
      ...base.settings,
      holdout: HOLDOUT,
      priority: 5,
      limits: { daily: 100, total: 1000 },
    });
  });

  it("asks about a setting both changed, and takes the side chosen", () => {
    const [mine, theirs] = [set({ limits: { daily: 100 }, budget: 500 }), set({ limits: { daily: 200 }, budget: 500 })];
    const joined = merge(base, { ...mine, name: "mine" }, { ...theirs, name: "theirs" });
    expect(joined.conflicts).toEqual([{ setting: "name" }, { setting: "settings.limits.daily" }]);
    expect([joined.document.name, joined.document.settings.limits]).toEqual(["mine", { daily: 100 }]);
    const chosen = merge(base, mine, theirs, { "#settings.limits.daily": "theirs" });
    expect(chosen.document.settings).toMatchObject({ limits: { daily: 200 }, budget: 500 });
  });

  it("leaves out a setting that either took away, and asks where the other changed it", () => {
    const before = set({ holdout: HOLDOUT, limits: { daily: 100 } });
    expect(merge(before, base, before).document.settings).toEqual(base.settings);
    expect(merge(before, before, base).document.settings).toEqual(base.settings);
    const changed = set({ holdout: { ...HOLDOUT, percent: 20 }, limits: { daily: 100 } });
    expect(merge(before, base, changed).conflicts).toEqual([{ setting: "settings.holdout" }]);
  });

  it("does not quarrel about where a card stands", () => {
    const mine = journey({ ...node("a"), at: { x: 1, y: 1 } }, node("b"), node("c"));
    const theirs = journey({ ...node("a"), at: { x: 2, y: 2 } }, node("b", "theirs"), node("c"));
    const { document, conflicts } = merge(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.nodes[0]?.at).toEqual({ x: 1, y: 1 });
    expect(document.nodes[1]?.title).toBe("theirs");
  });

  it("drops lines to nodes that are gone, and tells of one that was drawn there meanwhile", () => {
    const line = { from: "a", port: "next", to: "b" };
    const [wired, theirs] = [{ ...base, edges: [line] }, journey(node("a"), node("c"))];
    expect(merge(wired, wired, theirs)).toMatchObject({ document: { edges: [] }, lost: [] });
    expect(merge(base, wired, theirs)).toMatchObject({ document: { edges: [] }, conflicts: [], lost: [line] });
  });

  const noted = (...notes: { id: string; text: string; at?: { x: number; y: number } }[]) => ({
    ...base,
    notes: notes.map((note) => ({ at: { x: 0, y: 0 }, ...note })),
  });

  it("asks about a note that both rewrote, and about one that one rewrote and the other took away", () => {
    const before = noted({ id: "n", text: "was" }, { id: "m", text: "was" });
    const mine = noted({ id: "n", text: "mine" });
    const theirs = noted({ id: "n", text: "theirs" }, { id: "m", text: "theirs" });
    const joined = merge(before, mine, theirs);
    expect(joined.conflicts.map(keyOf)).toEqual(["note:n", "note:m"]);
    expect(joined.document.notes?.map(({ text }) => text)).toEqual(["mine"]);
    const chosen = merge(before, mine, theirs, { "note:n": "theirs", "note:m": "theirs" });
    expect(chosen.document.notes?.map(({ text }) => text)).toEqual(["theirs", "theirs"]);
  });

  it("takes a note's words from one and its place from the other", () => {
    const before = noted({ id: "n", text: "was" });
    const joined = merge(
      before,
      noted({ id: "n", text: "was", at: { x: 5, y: 5 } }),
      noted({ id: "n", text: "theirs" }),
    );
    expect(joined.conflicts).toEqual([]);
    expect(joined.document.notes).toEqual([{ id: "n", text: "theirs", at: { x: 5, y: 5 } }]);
    // Moved by one and taken away by the other, it is gone.
    expect(merge(before, noted({ id: "n", text: "was", at: { x: 5, y: 5 } }), base).document.notes).toBeUndefined();
  });
});

describe("putting another's edits underneath", () => {
  it("lets an undo take back what was done here and nothing of theirs", () => {
    const base = journey(node("a"), node("b"));
    const { store, edit, undo, rebase } = createDesigner(base);
    edit((document) => ({ ...document, nodes: document.nodes.with(0, node("a", "mine")) }));
    const theirs = journey(node("a"), node("b", "theirs"));
    rebase(base, theirs, merge(base, store.getState().document, theirs).document);
    expect(store.getState().document.nodes.map(({ title }) => title)).toEqual(["mine", "theirs"]);
    undo();
    expect(store.getState().document.nodes.map(({ title }) => title)).toEqual(["a", "theirs"]);
  });

  it("lets an undo take back that everything of theirs was taken", () => {
    const base = journey(node("a"), node("b"));
    const { store, edit, undo, settle } = createDesigner(base);
    edit((document) => ({ ...document, nodes: document.nodes.with(0, node("a", "mine")) }));
    const theirs = journey(node("a", "hers"), node("b", "hers"));
    settle(base, theirs, theirs);
    expect(store.getState().document).toBe(theirs);
    undo();
    expect(store.getState().document.nodes.map(({ title }) => title)).toEqual(["mine", "hers"]);
    undo();
    expect(store.getState().document.nodes.map(({ title }) => title)).toEqual(["hers", "hers"]);
  });
});

describe("autosave", () => {
  /** A server that answers what it is told, and a clock turned by hand. */
  const bench = (...answers: Answer[]) => {
    const states: SyncState["is"][] = [];
    const sent: string[] = [];
    let kept: Draft | undefined;
    let due: (() => void) | undefined;
    const sync = createSync(
      { revision: 1, document: journey() },
      {
        save: async (document) => {
          sent.push(document.name);
          return answers.shift() ?? { is: "offline" };
        },
        keep: (draft) => {
          kept = draft;
        },
        tell: (state) => states.push(state.is),
        differs: () => {},
        later: (_, work) => {
          due = work;
          return () => {
            due = undefined;
          };
        },
      },
    );
    return {
      sync,
      states,
      sent,
      kept: () => kept,
      tick: async () => {
        due?.();
        await sync.flush();
      },
    };
  };
  const named = (name: string) => ({ ...journey(), name });

  it("saves once after a burst, with the revision it was told", async () => {
    const { sync, states, sent, kept, tick } = bench({ is: "saved", revision: 2, hasChanges: true });
    sync.changed(named("a"));
    sync.changed(named("b"));
    expect(kept()?.document.name).toBe("b");
    await tick();
    expect(sent).toEqual(["b"]);
    expect(states.at(-1)).toBe("saved");
    expect(sync.base().revision).toBe(2);
    expect(kept()).toBeUndefined();
  });

  it("keeps edits while offline and sends the latest when the connection is back", async () => {
    const { sync, states, sent, kept, tick } = bench({ is: "offline" }, { is: "saved", revision: 2, hasChanges: true });
    sync.changed(named("a"));
    await sync.flush();
    expect(states.at(-1)).toBe("offline");
    sync.changed(named("b"));
    expect(kept()?.document.name).toBe("b");
    sync.online();
    await tick();
    expect(sent).toEqual(["a", "b"]);
    expect(states.at(-1)).toBe("saved");
  });

  it("stops at a conflict until somebody decides, and then saves on top of theirs", async () => {
    const theirs = { is: "conflict" as const, revision: 7, document: named("theirs"), saved: null };
    const { sync, states, sent, tick } = bench(theirs, { is: "saved", revision: 8, hasChanges: true });
    sync.changed(named("mine"));
    await sync.flush();
    expect(states.at(-1)).toBe("conflict");
    sync.changed(named("joined"));
    await sync.flush();
    expect(sent).toEqual(["mine"]);
    sync.settle(theirs);
    await tick();
    expect(sent).toEqual(["mine", "joined"]);
    expect(sync.base()).toEqual({ revision: 8, document: named("joined") });
  });

  it("says why it is refused until it no longer is, keeps the edits, and tries again when whoever was signed out is back", async () => {
    const out = { is: "refused", why: "signed_out", detail: "" } as const;
    const { sync, states, sent, kept, tick } = bench(out, out, { is: "saved", revision: 2, hasChanges: true });
    sync.changed(named("a"));
    await sync.flush();
    sync.changed(named("b"));
    await sync.flush();
    expect(states).toEqual(["changed", "saving", "refused", "refused"]);
    expect(kept()?.document.name).toBe("b");
    sync.again();
    await tick();
    expect(sent).toEqual(["a", "b", "b"]);
    expect(states.at(-1)).toBe("saved");
    expect(kept()).toBeUndefined();
  });

  it("tries nothing again and tells nothing once it is stopped, and keeps what was not saved", async () => {
    const { sync, states, sent, kept } = bench({ is: "offline" }, { is: "saved", revision: 2, hasChanges: true });
    sync.changed(named("a"));
    const last = sync.flush();
    sync.stop();
    const told = states.length;
    await last;
    expect(kept()?.document.name).toBe("a");
    expect(states.slice(told)).toEqual([]);
    sync.online();
    await Promise.resolve();
    expect(sent).toEqual(["a"]);
  });

  it("never has two saves under way, however many wait for the first", async () => {
    let answer = (_: Answer) => {};
    const revisions: number[] = [];
    const sync = createSync(
      { revision: 1, document: journey() },
      {
        save: (_, revision) =>
          new Promise((resolve) => {
            revisions.push(revision);
            answer = resolve;
          }),
        keep: () => {},
        tell: () => {},
        differs: () => {},
        later: () => () => {},
      },
    );
    sync.changed(named("a"));
    const first = sync.flush();
    sync.changed(named("b"));
    const others = [sync.flush(), sync.flush(), sync.flush()];
    answer({ is: "saved", revision: 2, hasChanges: true });
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    expect(revisions).toEqual([1, 2]);
    answer({ is: "saved", revision: 3, hasChanges: true });
    await Promise.all(others);
    expect(revisions).toEqual([1, 2]);
  });

  it("has nothing to save after an undo back to what is stored", async () => {
    const { sync, states, sent, kept } = bench();
    const start = sync.base().document;
    sync.changed(named("a"));
    sync.changed(start);
    await sync.flush();
    expect(sent).toEqual([]);
    expect(states.at(-1)).toBe("saved");
    expect(kept()).toBeUndefined();
  });
});
