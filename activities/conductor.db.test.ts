import { asyncLocalStorage, type Context } from "@temporalio/activity";
import { expect, it } from "vitest";
import { type JourneyId, journeyConductor } from "@/core/ids";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { conductor, type Work } from "./conductor";

await database();

const idle: Work = {
  turn: async () => "idle",
  rest: async () => ({ is: "asleep", until: null }),
  label: async () => null,
};

it("beats until what is under way has ended, so that its server does not take it for dead meanwhile", async () => {
  const own = await shop();
  let beats = 0;
  let heard = (): void => {};
  const context = {
    cancellationSignal: new AbortController().signal,
    heartbeat() {
      beats++;
      heard();
    },
  } as unknown as Context;
  // Nobody waits for this conductor: its loop ends at once.
  const id = journeyConductor(newId<JourneyId>(), 0);
  const drain = () =>
    new Promise<void>((done) => {
      heard = done;
    });
  const conducted = await asyncLocalStorage.run(context, () => conductor(own.workspace, id, { ...idle, drain }));
  expect(conducted).toEqual({ is: "over", label: null });
  expect(beats).toBeGreaterThan(0);
});
