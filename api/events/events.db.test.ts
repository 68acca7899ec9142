import { describe, expect, it } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import { engine, listen, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { liveJourney } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { count, memberOf, openDoor } from "./door-harness";

await database({ max: 24 });
const { shop: tea, post } = await openDoor();

describe("an accepted event", () => {
  it("is there when the answer is, with its inbox row and its member", async () => {
    const own = await shop();
    const response = await post(
      "/v1/track",
      { userId: "u1", event: "Order Completed", messageId: "m1", properties: { order_id: "1", total: 100 } },
      {},
      own,
    );
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    const row = await engine((tx) =>
      tx.one<{
        name: string;
        properties: unknown;
        lane: number;
        member: MemberId;
        event: { acceptedAt: number; isTrusted: boolean };
        at: Date;
      }>(sql`
      SELECT e.name, e.properties, i.lane, i.member_id AS member, i.event, e.accepted_at AS at FROM event e JOIN inbox i ON i.workspace_id = e.workspace_id
      WHERE e.workspace_id = ${own.workspace}`),
    );
    expect(row).toMatchObject({
      name: "order_paid",
      properties: { order_id: "1", amount: 10_000 },
      event: { isTrusted: true },
    });
    expect(row?.event.acceptedAt).toBe(row?.at.getTime());
    expect(row?.lane).toBe(laneOf(own.workspace, row?.member ?? ("" as MemberId)));
  });
  it("acts once, though twenty twins come at one moment, each alone and in batches", async () => {
    const own = await shop();
    const event = { type: "track", userId: "u1", event: "check_in", messageId: "twin" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 ? post("/v1/track", event, {}, own) : post("/v1/batch", { batch: [event, event] }, {}, own),
      ),
    );
    expect(answers.map((a) => a.status)).toEqual(Array(20).fill(200));
    expect([
      await count("event", own),
      await count("inbox", own),
      await count("member", own),
      await count("dead_letter", own),
    ]).toEqual([1, 1, 1, 0]);
  });
  it("is not replaced by another body under its messageId: that is kept as a dead letter, once", async () => {
    const own = await shop();
    await post("/v1/track", { userId: "u1", event: "check_in", messageId: "m" }, {}, own);
    const other = { userId: "u1", event: "order_placed", properties: { order_id: "1" }, messageId: "m" };
    for (let i = 0; i < 2; i++) {
      const answer = await post("/v1/track", other, {}, own);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { success: true, warnings: [{ path: "messageId", code: "duplicate_with_other_body" }] },
      ]);
    }
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([1, 1]);
  });
  it("is known again though the library stamped it anew", async () => {
    const own = await shop();
    for (const second of ["01", "02"]) {
      const at = `2026-11-20T08:00:${second}.000Z`;
      const said = {
        userId: "u1",
        event: "check_in",
        messageId: "m",
        timestamp: at,
        originalTimestamp: at,
        sentAt: at,
      };
      const answer = await post("/v1/track", { ...said, properties: { at: "x" } }, {}, own);
      expect(await answer.json()).toEqual({ success: true });
    }
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([1, 0]);
  });
  it("counts per workspace: the same messageId of another is another event", async () => {
    const [one, two] = [await shop(), await shop()];
    await Promise.all(
      [one, two].map((own) => post("/v1/track", { userId: "u1", event: "check_in", messageId: "same" }, {}, own)),
    );
    expect([await count("event", one), await count("event", two)]).toEqual([1, 1]);
  });
  it("wakes its lane when nobody works on it", async () => {
    const heard: string[] = [];
    const stop = await listen(
      ["lane"],
      (_channel, lane) => heard.push(lane),
      () => {},
    );
    await post("/v1/track", { userId: "waker", event: "check_in" });
    const member = await memberOf("waker", tea);
    await until(() => member && heard.includes(String(laneOf(tea.workspace, member))), { what: "NOTIFY lane" });
    await stop();
  });
  it("makes one member of a hundred first events at one moment", async () => {
    const own = await shop();
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        post("/v1/track", { userId: "same", anonymousId: `b${i % 3}`, event: `e${i}` }, {}, own),
      ),
    );
    expect([await count("event", own), await count("member", own), await count("identity", own)]).toEqual([100, 1, 4]);
  });
});

describe("who is who", () => {
  it("joins anonymous history on sign-in, keeps the sums and audits it", async () => {
    const own = await shop();
    await post("/v1/identify", { userId: "alice", traits: { name: "A" } }, {}, own);
    await post("/v1/page", { anonymousId: "x", name: "Home" }, {}, own);
    const [alice, anonymous] = [await memberOf("alice", own), await memberOf("x", own)];
    await engine((tx) =>
      tx.run(
        sql`UPDATE member SET visits = 2, spent = 500, orders = 1 WHERE workspace_id = ${own.workspace} AND id = ANY(${[alice, anonymous]}::uuid[])`,
      ),
    );
    await engine((tx) =>
      tx.run(
        sql`INSERT INTO fact (workspace_id, member_id, name, day, count) SELECT ${own.workspace}, m, 'visit', '2026-11-01', 1 FROM unnest(${[alice, anonymous]}::uuid[]) AS m`,
      ),
    );
    expect((await post("/v1/identify", { userId: "alice", anonymousId: "x" }, {}, own)).status).toBe(200);
    expect(await memberOf("x", own)).toBe(alice);
    const merged = await engine((tx) =>
      tx.one(sql`
      SELECT s.visits, s.spent, s.orders, f.count, (SELECT count(*) FROM event e WHERE e.workspace_id = s.workspace_id AND e.member_id = s.id) AS events,
        (SELECT merged_into FROM member m WHERE m.workspace_id = s.workspace_id AND m.id = ${anonymous}) AS into,
        (SELECT action FROM audit a WHERE a.workspace_id = s.workspace_id) AS audited
      FROM member s JOIN fact f ON f.workspace_id = s.workspace_id AND f.member_id = s.id WHERE s.workspace_id = ${own.workspace} AND s.id = ${alice}`),
    );
    expect(merged).toEqual({
      visits: 4,
      spent: 1000,
      orders: 2,
      count: 2,
      events: 3,
      into: alice,
      audited: "member.merged",
    });
  });
  it("gives a phone to its first owner only, so that no message goes astray", async () => {
    const own = await shop();
    await post("/v1/identify", { userId: "alice", traits: { phone: "13800138000" } }, {}, own);
    await post("/v1/identify", { userId: "bob", traits: { phone: "+86 138 0013 8000" } }, {}, own);
    const said = await engine((tx) =>
      tx.rows<{ traits: unknown }>(
        sql`SELECT event -> 'traits' AS traits FROM inbox WHERE workspace_id = ${own.workspace} ORDER BY id`,
      ),
    );
    expect(said.map((row) => row.traits)).toEqual([
      { phone: "+8613800138000" },
      { unverified_phone: "+8613800138000" },
    ]);
    expect(await memberOf("+8613800138000", own)).toBe(await memberOf("alice", own));
  });
  it("writes a withdrawal of consent at the door, where an older grant does not undo it", async () => {
    const own = await shop();
    const said = async () =>
      (
        await engine((tx) =>
          tx.rows<{ channel: string; granted: boolean }>(
            sql`SELECT channel, is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} ORDER BY channel`,
          ),
        )
      ).map((c) => `${c.channel} ${c.granted}`);
    await post("/v1/identify", { userId: "u", traits: { consent: { sms: true, email: true } } }, {}, own);
    expect(await said()).toEqual(["email true", "sms true"]);
    await post(
      "/v1/track",
      { userId: "u", event: "consent_withdrawn", properties: { channel: "sms" }, timestamp: "2020-01-01T00:00:00Z" },
      {},
      own,
    );
    await post(
      "/v1/identify",
      { userId: "u", traits: { consent: { sms: true } }, timestamp: new Date(Date.now() - 5_000).toISOString() },
      {},
      own,
    );
    expect(await said()).toEqual(["email true", "sms false"]);
    expect(
      await engine((tx) => tx.one(sql`SELECT member_id FROM member_gate WHERE workspace_id = ${own.workspace}`)),
    ).toBeDefined();
  });
  it("tells each real change of consent once, behind what said it, and nothing of the past", async () => {
    const own = await shop();
    for (const event of ["consent_withdrawn", "consent_granted"])
      await liveJourney(own, line([tagged("tag", "heard")], { event }));
    const say = (to: string, body: object) => post(to, { userId: "u", ...body }, {}, own);
    await say("/v1/identify", { traits: { consent: { sms: true, email: true } } });
    await say("/v1/identify", { traits: { consent: { sms: false, email: true } } });
    await say("/v1/identify", { traits: { consent: { sms: false } } });
    await say("/v1/track", { event: "consent_withdrawn", properties: { channel: "email" } });
    await say("/v1/identify", {
      traits: { consent: { push: true } },
      timestamp: new Date(Date.now() - 30 * 86_400_000).toISOString(),
      context: { historical: true },
    });
    const told = await engine((tx) =>
      tx.rows<{ line: string }>(sql`
        SELECT concat_ws(' ', event ->> 'name', event -> 'properties' ->> 'channel') AS line FROM inbox
        WHERE workspace_id = ${own.workspace} AND event ->> 'type' <> 'identify' ORDER BY id`),
    );
    expect(told.map(({ line }) => line)).toEqual([
      "consent_granted email",
      "consent_granted sms",
      "consent_withdrawn sms",
      "consent_withdrawn email",
    ]);
    const [first] = await engine((tx) =>
      tx.rows(
        sql`SELECT event ->> 'type' AS type FROM inbox WHERE workspace_id = ${own.workspace} ORDER BY id LIMIT 1`,
      ),
    );
    expect(first).toEqual({ type: "identify" });
  });
});
