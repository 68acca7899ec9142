import { expect, it, vi } from "vitest";
import { rename } from "../edit/change";
import { createDesigner } from "./designer";
import { onceLeft } from "./once-left";

const draft = () =>
  createDesigner({
    name: "j",
    entry: "start",
    settings: { reentry: { is: "after_end" }, priority: 0 },
    nodes: [{ id: "start", kind: "on-event", config: {} }],
    edges: [],
  });

it("tells once that the draft is changed, undone or left for another mode; not that a step is chosen", () => {
  const { store, edit, undo } = draft();
  const ways = [() => edit(rename("k")), () => undo(), () => store.setState({ mode: "compare" })];
  for (const leave of ways) {
    store.setState({ mode: "edit" });
    const left = vi.fn();
    onceLeft(store, left);
    store.setState({ selected: ["start"] });
    expect(left).not.toHaveBeenCalled();
    leave();
    leave();
    expect(left).toHaveBeenCalledTimes(1);
  }
});

it("tells nobody who no longer listens", () => {
  const { store } = draft();
  const left = vi.fn();
  onceLeft(store, left)();
  store.setState({ mode: "live" });
  expect(left).not.toHaveBeenCalled();
});
