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
