import { expect, it } from "vitest";
import { type JourneyId, journeyConductor } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { beat, beating, forgetDead } from "./beats";
import { ensureConductor, nearDue, take } from "./conductors";

await database();

it("frees the chairs of workers of this host whose processes are gone, and those of nobody else", async () => {
  const { workspace } = await shop();
  const seated = async (worker: string): Promise<string> => {
    const journey = newId<JourneyId>();
    await engine((tx) => ensureConductor(tx, workspace, journey, 1));
    const id = journeyConductor(journey, 0);
    await take(workspace, id, `${worker}/1`);
    return id;
  };
  await beat("dead", "here", 11);
  await beat("lives", "here", 12);
  await beat("elsewhere", "there", 11);
  const left = await seated("dead");
  const stay = [await seated("lives"), await seated("elsewhere"), await seated("unknown")];
  expect(await forgetDead("me", "here", (pid) => pid === 12)).toBe(1);
  expect(await beating()).toEqual(["elsewhere", "lives"]);
  expect((await nearDue(0)).map(({ conductor }) => conductor)).toEqual([left]);
  const awake = await peek<{ id: string }>(
    sql`SELECT id FROM conductor WHERE workspace_id = ${workspace} AND is_awake`,
  );
  expect(awake.map(({ id }) => id).sort()).toEqual(stay.sort());
  expect(await forgetDead("lives", "here", () => false)).toBe(0);
});
