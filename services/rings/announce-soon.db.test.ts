import { expect, it } from "vitest";
import { listen } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { announceSoon } from "./announce-soon";

await database();

it("tells screens once for all that changes together, and not again within a second", async () => {
  const { workspace } = await shop();
  const told: number[] = [];
  const hear = (_: string, payload: string) => {
    if (payload === `${workspace} journey:a`) told.push(performance.now());
  };
  const stop = await listen(["topic"], hear, () => {});
  for (let i = 0; i < 50; i++) announceSoon(workspace, "journey:a");
  await until(async () => told.length === 1, { what: "the first" });
  for (let i = 0; i < 50; i++) announceSoon(workspace, "journey:a");
  await until(async () => told.length > 1, { what: "the second" });
  await stop();
  expect(told).toHaveLength(2);
  // What the timers themselves are inexact by.
  expect((told[1] ?? 0) - (told[0] ?? 0)).toBeGreaterThan(900);
});
