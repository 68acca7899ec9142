import { expect, it } from "vitest";
import { temporal } from "@/tests/harness/temporal";
import { ensureSchedules } from "./schedules";

const { client } = await temporal();

it("leaves a schedule as it is, and sets it anew in a Temporal that lost it", async () => {
  const upkeep = client.schedule.getHandle("upkeep");
  await ensureSchedules(client);
  await upkeep.pause("by hand");
  await ensureSchedules(client);
  expect((await upkeep.describe()).state.paused).toBe(true);
  await upkeep.delete();
  await ensureSchedules(client);
  expect((await upkeep.describe()).state.paused).toBe(false);
});

it("gives a schedule that an earlier version made today's rhythm", async () => {
  const handle = client.schedule.getHandle("upkeep");
  await handle.update((known) => ({ ...known, spec: { intervals: [{ every: "1 hour" }] } }));
  await ensureSchedules(client);
  expect((await handle.describe()).spec.intervals?.[0]?.every).toBe(15 * 60_000);
});
