import { expect, it } from "vitest";
import { CHORES } from "@/core/plan/upkeep";
import { temporal } from "@/tests/harness/temporal";
import { ensureSchedules } from "./schedules";

const { client } = await temporal();

it("leaves a schedule as it is, and sets it anew in a Temporal that lost it", async () => {
  const upkeep = client.schedule.getHandle("upkeep");
  let restored = 0;
  const ensure = () =>
    ensureSchedules(client, async () => {
      restored++;
    });
  await ensure();
  await upkeep.pause("by hand");
  restored = 0;
  expect(await ensure()).toBe(false);
  expect((await upkeep.describe()).state.paused).toBe(true);
  expect(restored).toBe(0);
  await upkeep.delete();
  expect(await ensure()).toBe(true);
  expect(restored).toBe(1);
  expect((await upkeep.describe()).state.paused).toBe(false);
});

it("gives a schedule that an earlier version made today's rhythm and chores", async () => {
  const handle = client.schedule.getHandle("upkeep");
  await handle.update((known) => ({
    ...known,
    spec: { intervals: [{ every: "1 hour" }] },
    action: { ...known.action, args: [] },
  }));
  await ensureSchedules(client, async () => {});
  const { spec, action } = await handle.describe();
  expect(spec.intervals?.[0]?.every).toBe(15 * 60_000);
  expect(action.args).toEqual([CHORES]);
});
