import { expect, it } from "vitest";
import { type ConductorId, type JourneyId, journeyConductor, type WorkspaceId } from "@/core/ids";
import { engine, listen, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { ensureConductor, handOver, sleepOff, take } from "./conductors";
import { ringBy } from "./ring-by";

await database();

async function seated(): Promise<{ workspace: WorkspaceId; id: ConductorId }> {
  const { workspace } = await shop();
  const journey = newId<JourneyId>();
  await engine((tx) => ensureConductor(tx, workspace, journey, 1));
  const id = journeyConductor(journey, 0);
  await take(workspace, id, "me");
  return { workspace, id };
}
const rest = ({ workspace, id }: { workspace: WorkspaceId; id: ConductorId }, inMs: number | null, soonMs = 2000) =>
  sleepOff(
    workspace,
    id,
    { holder: "me", soonMs },
    async () => false,
    inMs === null ? sql`NULL::timestamptz` : sql`clock_timestamp() + ${inMs} * interval '1 millisecond'`,
  );
const rowOf = async ({ id }: { id: ConductorId }) =>
  (
    await peek(
      sql`SELECT is_awake AS "isAwake", holder, next_due IS NOT NULL AS "isDue" FROM conductor WHERE id = ${id}`,
    )
  )[0];

it("keeps its chair for an instant that is near, and leaves it for one that is not, or for none", async () => {
  const own = await seated();
  const soon = await rest(own, 1500);
  expect(soon).toMatchObject({ is: "soon" });
  if (soon.is === "soon") expect(Math.abs(soon.ms - 1500)).toBeLessThan(50);
  expect(await rowOf(own)).toEqual({ isAwake: true, holder: "me", isDue: true });
  expect(await rest(own, 60_000)).toMatchObject({ is: "asleep", until: expect.any(Date) });
  expect(await rowOf(own)).toEqual({ isAwake: false, holder: null, isDue: true });
  await take(own.workspace, own.id, "me");
  expect(await rowOf(own)).toEqual({ isAwake: true, holder: "me", isDue: false });
  expect(await rest(own, 1500, 0)).toMatchObject({ is: "asleep" });
  expect(await rest(own, 1500)).toEqual({ is: "lost" });
  await take(own.workspace, own.id, "me");
  expect(await rest(own, null)).toEqual({ is: "asleep", until: null });
});

it("asleep is not started for a near instant, which its row has instead; a later one changes nothing", async () => {
  const own = await seated();
  await rest(own, null);
  const dueIn = async () =>
    (
      await peek<{ ms: number | null }>(
        sql`SELECT (extract(epoch FROM next_due - clock_timestamp()) * 1000)::float8 AS ms FROM conductor WHERE id = ${own.id}`,
      )
    )[0]?.ms;
  const heard: string[] = [];
  const stop = await listen(
    ["bell", "start"],
    (channel, payload) => {
      if (payload.endsWith(own.id)) heard.push(channel);
    },
    () => {},
  );
  const tell = (inMs: number) => engine(async (tx) => ringBy(tx, own.workspace, own.id, new Date(Date.now() + inMs)));
  await tell(120_000);
  expect(await dueIn()).toBeLessThan(120_000);
  await tell(60_000);
  await tell(180_000);
  expect(await dueIn()).toBeLessThan(60_000);
  expect(await dueIn()).toBeGreaterThan(40_000);
  expect(await rowOf(own)).toEqual({ isAwake: false, holder: null, isDue: true });
  await engine(async (tx) => handOver(tx, own.workspace, own.id));
  await until(() => heard.length > 0, { what: "the start" });
  await stop();
  expect(heard).toEqual(["start"]);
});

it("is told in its chair of an instant before the one it waits for, of no later one, and of none while it works", async () => {
  const own = await seated();
  const heard: string[] = [];
  const stop = await listen(
    ["bell", "start"],
    (channel, payload) => {
      if (payload.endsWith(own.id)) heard.push(channel);
    },
    () => {},
  );
  const tell = (inMs: number) => engine(async (tx) => ringBy(tx, own.workspace, own.id, new Date(Date.now() + inMs)));
  await tell(10);
  await rest(own, 1500);
  await tell(60_000);
  await tell(100);
  await until(() => heard.length === 1, { what: "the bell" });
  await rest(own, 600_000);
  await tell(500_000);
  await until(() => heard.length === 2, { what: "the start" });
  await stop();
  expect(heard).toEqual(["bell", "start"]);
});
