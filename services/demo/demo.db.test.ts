import { beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { engine, name, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { actor } from "@/tests/harness/actor";
import { database } from "@/tests/harness/database";
import { dispatchAll } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { actorFromApiKey, actorFromWriteKey, forgetKeys } from "../access/actor-from-key";
import { hasFirstPassword, OWNER_MUST } from "../access/one-time-password";
import { call } from "../access/use-case";
import { createWorkspace } from "../workspaces/create";
import { updateWorkspace } from "../workspaces/update";
import type { DemoAccess } from "./access";
import { OWNER } from "./places";
import { removeDemo } from "./remove";
import { seedDemo } from "./seed";
import { settleKept } from "./settle";
import { readSimulation, setSimulation, simulations } from "./simulate";

await database();

const MEMBERS = 200;
const lines: string[] = [];
const seed = (members = MEMBERS) => seedDemo({ now: new Date(), say: (line) => lines.push(line), members });
const one = async (query: ReturnType<typeof sql>): Promise<number> =>
  (await peek<{ n: number }>(query))[0]?.n ?? Number.NaN;
let access: DemoAccess;
let workspace: WorkspaceId;

beforeAll(async () => {
  access = await seed();
  workspace = access.workspace as WorkspaceId;
});

describe("the seeded demo", () => {
  it("has its members, each with a phone and a year behind it", async () => {
    expect(
      await one(
        sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${workspace} AND phone IS NOT NULL AND name IS NOT NULL AND joined_store_id IS NOT NULL`,
      ),
    ).toBe(MEMBERS);
    expect(
      await one(sql`SELECT count(*) AS n FROM event WHERE workspace_id = ${workspace} AND is_historical`),
    ).toBeGreaterThan(MEMBERS * 3);
    expect(lines.at(-1)).toBe("journeys published");
  });

  it("agrees with itself: orders, spending, visits, balances, stocks", async () => {
    expect(
      await peek(sql`
      SELECT m.id FROM member m
      LEFT JOIN (SELECT member_id, sum(amount) FILTER (WHERE name = 'purchase') AS spent, sum(count) FILTER (WHERE name = 'purchase') AS orders, sum(count) FILTER (WHERE name = 'visit') AS visits
        FROM fact WHERE workspace_id = ${workspace} GROUP BY 1) f ON f.member_id = m.id
      LEFT JOIN (SELECT member_id, sum(points) AS points FROM points_entry WHERE workspace_id = ${workspace} GROUP BY 1) p ON p.member_id = m.id
      LEFT JOIN (SELECT member_id, sum(remaining) AS left FROM points_lot WHERE workspace_id = ${workspace} GROUP BY 1) l ON l.member_id = m.id
      LEFT JOIN points_account a ON a.workspace_id = m.workspace_id AND a.member_id = m.id
      WHERE m.workspace_id = ${workspace} AND (m.spent <> coalesce(f.spent, 0) OR m.orders <> coalesce(f.orders, 0) OR m.visits <> coalesce(f.visits, 0)
        OR coalesce(a.balance, 0) <> coalesce(p.points, 0) OR coalesce(a.balance, 0) <> coalesce(l.left, 0))`),
    ).toEqual([]);
    expect(
      await peek(sql`
      SELECT s.offer_id FROM offer_stock s
      WHERE s.workspace_id = ${workspace} AND s.issued <> (SELECT count(*) FROM coupon c WHERE c.workspace_id = s.workspace_id AND c.offer_id = s.offer_id AND c.state <> 'void')`),
    ).toEqual([]);
    expect(await one(sql`SELECT count(*) AS n FROM redemption WHERE workspace_id = ${workspace}`)).toBe(
      await one(sql`SELECT count(*) AS n FROM coupon WHERE workspace_id = ${workspace} AND state = 'redeemed'`),
    );
  });

  it("runs its six recipes and one for enquiries, named in both languages, and has told nobody anything", async () => {
    const journeys = await peek<{ name: string }>(
      sql`SELECT name FROM journey WHERE workspace_id = ${workspace} AND state = 'live'`,
    );
    expect(journeys).toHaveLength(7);
    for (const { name } of journeys) expect(name).toMatch(/\p{Script=Han}.* · \w/u);
    for (const table of [sql`message`, sql`run`])
      expect(await one(sql`SELECT count(*) AS n FROM ${table} WHERE workspace_id = ${workspace}`)).toBe(0);
  });

  it("knows who opens its mails, each of which leads to the shop", async () => {
    expect(
      await one(
        sql`SELECT count(*) AS n FROM workspace WHERE id = ${workspace} AND settings @> '{"messaging": {"tracksOpens": true}}'`,
      ),
    ).toBe(1);
    const mails = await peek<{ blocks: { kind: string }[] }>(sql`
      SELECT mail.value -> 'blocks' AS blocks FROM journey j, jsonb_array_elements(j.document -> 'nodes') AS node, jsonb_each(node -> 'config' -> 'content' -> 'email') AS mail
      WHERE j.workspace_id = ${workspace}`);
    expect(mails.length).toBeGreaterThan(3);
    for (const { blocks } of mails) expect(blocks.at(-1)).toMatchObject({ kind: "button" });
  });

  it("has a price for its SMS, also where an earlier version began it without one, unless somebody settled it otherwise", async () => {
    const price = () =>
      one(sql`SELECT (settings #>> '{messaging,prices,sms}')::int AS n FROM workspace WHERE id = ${workspace}`);
    const unpriced = sql`UPDATE workspace SET settings = jsonb_set(settings, '{messaging,prices,sms}', '0') WHERE id = ${workspace}`;
    expect(await price()).toBe(5);
    await peek(unpriced);
    await settleKept(workspace);
    expect(await price()).toBe(5);
    const other = await shop();
    await settleKept(other.workspace);
    expect(await peek(sql`SELECT 1 FROM workspace WHERE id = ${other.workspace} AND settings ? 'messaging'`)).toEqual(
      [],
    );
    // By hand it stays as it is.
    const [{ messaging } = { messaging: {} }] = await peek<{ messaging: object }>(
      sql`SELECT settings -> 'messaging' AS messaging FROM workspace WHERE id = ${workspace}`,
    );
    const prices = { sms: 0, email: 0, push: 0 };
    await call(updateWorkspace, actor(workspace), { settings: { messaging: { ...messaging, prices } } });
    await settleKept(workspace);
    expect(await price()).toBe(0);
  });

  it("gives keys that open what they should", async () => {
    expect(await actorFromWriteKey(access.writeKey)).toMatchObject({ workspace, isTrusted: true });
    expect(await actorFromApiKey(access.apiKey)).toMatchObject({ workspace, scopes: ["*"] });
  });

  it("completes what a killed run left, and answers with new access in place of the old", async () => {
    const before = await counts();
    // As if it had been killed among the members, and before the last steps.
    await engine(async (tx) => {
      await tx.run(sql`DELETE FROM segment WHERE workspace_id = ${workspace}`);
      await tx.run(sql`UPDATE workspace SET settings = '{}' WHERE id = ${workspace}`);
    });
    const again = await seed(MEMBERS + 10);
    expect(again.workspace).toBe(workspace);
    const { member, event: _, coupon: __, points_entry: ___, ...others } = await counts();
    expect(member).toBe(MEMBERS + 10);
    expect(others).toEqual({
      journey: before.journey,
      segment: before.segment,
      offer: before.offer,
      store: before.store,
    });
    expect(
      await one(
        sql`SELECT count(DISTINCT value) AS n FROM identity WHERE workspace_id = ${workspace} AND kind = 'userId'`,
      ),
    ).toBe(MEMBERS + 10);
    expect(again.password).not.toBe(access.password);
    forgetKeys();
    expect(await actorFromWriteKey(access.writeKey)).toBeUndefined();
    expect(await actorFromApiKey(access.apiKey)).toBeUndefined();
    expect(await actorFromApiKey(again.apiKey)).toMatchObject({ workspace });
  });
});

async function counts(): Promise<Record<string, number>> {
  const tables = ["member", "event", "coupon", "points_entry", "journey", "segment", "offer", "store"] as const;
  const from = {
    member: sql`member`,
    event: sql`event`,
    coupon: sql`coupon`,
    points_entry: sql`points_entry`,
    journey: sql`journey`,
    segment: sql`segment`,
    offer: sql`offer`,
    store: sql`store`,
  };
  return Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => [
        table,
        await one(sql`SELECT count(*) AS n FROM ${from[table]} WHERE workspace_id = ${workspace}`),
      ]),
    ),
  );
}

describe("what there is to put right", () => {
  it("came in once, however often the demo was seeded, and makes runs fail and events stand aside", async () => {
    expect(
      await peek(sql`
        SELECT event ->> 'name' AS name, count(*)::int AS count FROM inbox
        WHERE workspace_id = ${workspace} AND event ->> 'name' <> 'coupon_redeemed' GROUP BY 1 ORDER BY 1`),
    ).toEqual([
      { name: "enquiry", count: 7 },
      { name: "identified", count: 1 },
    ]);
    await dispatchAll();
    const runs = await peek<{ state: string; reason: string | null }>(
      sql`SELECT state, reason FROM run WHERE workspace_id = ${workspace} ORDER BY state`,
    );
    const reason = "passed this step 2 times, as often as the journey allows";
    expect(runs).toEqual([
      { state: "failed", reason },
      { state: "failed", reason },
      { state: "parked", reason: null },
    ]);
    expect(
      await peek(sql`SELECT DISTINCT cause FROM dead_letter WHERE workspace_id = ${workspace} ORDER BY cause`),
    ).toEqual([{ cause: "missing_property" }, { cause: "wrong_currency" }, { cause: "wrong_property" }]);
    expect(await one(sql`SELECT count(*) AS n FROM message WHERE workspace_id = ${workspace}`)).toBe(5);
    expect(
      await one(sql`
        SELECT count(*) AS n FROM message g JOIN member m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
        WHERE g.workspace_id = ${workspace} AND m.phone = '+15005550001'`),
    ).toBe(1);
  });
});

describe("simulated customers", () => {
  it("shop in a new demo until the switch is turned, which is kept", async () => {
    const owner = actor(workspace);
    expect(await call(readSimulation, owner, {})).toEqual({ ok: true, value: { on: true, perMinute: 30 } });
    expect(await simulations()).toEqual([{ workspace, perMinute: 30 }]);
    expect(await call(setSimulation, owner, { on: false })).toEqual({ ok: true, value: { on: false, perMinute: 30 } });
    expect(await simulations()).toEqual([]);
    expect(await call(setSimulation, owner, { on: true, perMinute: 90 })).toMatchObject({ ok: true });
    expect(await simulations()).toEqual([{ workspace, perMinute: 90 }]);
  });

  it("never shop in a workspace that is no demo, whatever its settings say", async () => {
    const real = await shop();
    expect(await call(setSimulation, real.actor(), { on: true })).toMatchObject({ ok: false, reason: "not_found" });
    await call(updateWorkspace, real.actor(), { settings: { demo: { simulate: { on: true, perMinute: 60 } } } });
    expect((await simulations()).map((one) => one.workspace)).not.toContain(real.workspace);
  });

  it("are switched by the owner alone", async () => {
    expect(await call(setSimulation, actor(workspace, "viewer"), { on: false })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
  });
});

describe("removing the demo", () => {
  it("is refused where there is none, and to all but the owner", async () => {
    const real = await shop();
    expect(await call(removeDemo, real.actor(), {})).toMatchObject({ ok: false, reason: "not_found" });
    expect(await call(removeDemo, actor(workspace, "marketer"), {})).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    expect(await one(sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${workspace}`)).toBe(MEMBERS + 10);
  });

  it("leaves its owner an empty workspace, touches no other, and makes room for another demo", async () => {
    const real = await shop();
    expect(await call(removeDemo, actor(workspace), {})).toMatchObject({
      ok: true,
      value: { members: MEMBERS + 10, journeys: 7 },
    });
    const tables = await peek<{ table: string }>(sql`
      SELECT table_name AS table FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_name !~ '^event_key_'`);
    expect(tables.length).toBeGreaterThan(30);
    const left: string[] = [];
    for (const { table } of tables)
      if ((await one(sql`SELECT count(*) AS n FROM ${name(table)} WHERE workspace_id = ${workspace}`)) > 0)
        left.push(table);
    expect(left.sort()).toEqual(["api_key", "audit", "role_grant"]);
    expect(await one(sql`SELECT count(*) AS n FROM offer WHERE workspace_id = ${real.workspace}`)).toBe(1);
    expect(await simulations()).toEqual([]);
    // The printed password opens an ordinary workspace no further than to its own replacement, and that for as long as it takes.
    expect(await one(sql`SELECT count(*) AS n FROM verification WHERE value = ${OWNER_MUST}`)).toBe(1);
    expect(await hasFirstPassword(OWNER.email)).toBe(true);
    expect((await seed(1)).workspace).not.toBe(workspace);
  });

  it("is for a demo: none is made over a workspace that only has its address", async () => {
    await engine((tx) => tx.run(sql`UPDATE workspace SET slug = 'moved' WHERE slug = 'greenleaf'`));
    expect(await createWorkspace({ id: newId(), slug: "greenleaf", name: "A real Greenleaf" })).toBe(true);
    await expect(seed()).rejects.toThrow("is no demo");
  });
});
