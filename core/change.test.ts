import { expect, it } from "vitest";
import { change } from "./change";

type Run = { state: "ready" | "done"; dueAt: Date | null; lap: number };

it("sets what it is given and leaves the rest, and takes no field and no value that the thing cannot have", () => {
  const run: Run = { state: "ready", dueAt: new Date(0), lap: 2 };
  change(run, { state: "done", dueAt: null });
  expect(run).toEqual({ state: "done", dueAt: null, lap: 2 });
  // @ts-expect-error: no such state
  change(run, { state: "gone" });
  // @ts-expect-error: instants are dates here
  change(run, { dueAt: 0 });
  // @ts-expect-error: no such field
  change(run, { dueAtt: null });
});
