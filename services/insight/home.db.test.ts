import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { listRuns } from "@/services/runs/list";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { readHome } from "./home";

await database();

it("tells what each journey brought: who entered, goals, coupons used and what was paid with them", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(
    own,
    line([
      [{ id: "give", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } }, "granted"],
      [{ id: "end", kind: "goal", config: {} }, ""],
    ]),
  );
  const [ada, ben] = await members(own, 2);
  if (!ada || !ben) throw new Error("no members");
  await accept(
    own,
    [ada, ben].map((member) => ({ member, event: event("order_paid", { amount: 100 }) })),
  );
  await dispatchAll();
  await conductAll(shard);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO redemption (workspace_id, id, coupon_id, member_id, amount, discount, state, at, actor)
      SELECT workspace_id, ${newId()}, id, member_id, 12000, 2000, 'confirmed', now(), 'test' FROM coupon
      WHERE workspace_id = ${own.workspace} AND member_id = ${ada}`),
  );
  const home = await call(readHome, own.actor("marketer"), {});
  if (!home.ok) throw new Error(home.reason);
  expect(home.value.running).toMatchObject([{ id, entered: 2, goals: 2, redeemed: 1, revenue: 10_000, failed: 0 }]);
  expect(home.value.days).toHaveLength(7);
  expect(home.value.days.at(-1)).toMatchObject({ goals: 2, redeemed: 1, revenue: 10_000, issued: 2 });
  const listed = await call(listRuns, own.actor("ops"), { journey: id, state: "goal", within: "week" });
  expect(listed.ok && listed.value.items).toHaveLength(2);
});
