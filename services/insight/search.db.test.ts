import { describe, expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { bury } from "@/services/events/bury";
import { createSegment } from "@/services/segments/segments";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { search } from "./search";

await database();

async function find(own: Shop, q: string, role: Parameters<Shop["actor"]>[0] = "owner") {
  const found = await call(search, own.actor(role), { q });
  if (!found.ok) throw new Error(found.reason);
  return Object.fromEntries(
    Object.entries(found.value).flatMap(([kind, items]) =>
      Array.isArray(items) && items.length > 0 ? [[kind, items.map(({ name }: { name: string | null }) => name)]] : [],
    ),
  );
}

describe("the search", () => {
  it("finds things of every kind by a part of their name, in any case", async () => {
    const own = await shop();
    const rule = { field: "member.tier", is: "eq", value: "gold" };
    const made = await call(createSegment, own.actor(), { name: "Stores' gold members", rule });
    expect(made.ok).toBe(true);
    expect(await find(own, "STORE")).toEqual({ segments: ["Stores' gold members"], stores: ["Store 1"] });
    expect(await find(own, "20 off")).toEqual({ offers: ["20 off 100"] });
    expect(await find(own, "s1")).toEqual({ stores: ["Store 1"] });
    expect(await find(await shop(), "gold")).toEqual({});
  });

  it("finds a member by the phone's end", async () => {
    const own = await shop();
    await engine((tx) =>
      tx.run(
        sql`INSERT INTO member (workspace_id, id, name, phone) VALUES (${own.workspace}, ${newId()}, 'Ada', '+8613800138000')`,
      ),
    );
    expect(await find(own, "8000")).toEqual({ members: ["Ada"] });
    expect(await find(own, "ad")).toEqual({ members: ["Ada"] });
  });

  it("finds a member by the whole phone however it is written, by card number and by their own number", async () => {
    const own = await shop();
    const ada = newId();
    await engine(async (tx) => {
      await tx.run(
        sql`INSERT INTO member (workspace_id, id, name, phone) VALUES (${own.workspace}, ${ada}, 'Ada', '+8613800138000')`,
      );
      await tx.run(
        sql`INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${own.workspace}, 'card', 'VIP-0042', ${ada})`,
      );
    });
    for (const typed of ["138 0013 8000", "+86 138-0013-8000", "VIP-0042", ada])
      expect(await find(own, typed), typed).toEqual({ members: ["Ada"] });
  });

  it("finds whom the letters name whole first, and then whose names begin so", async () => {
    const own = await shop();
    const [lin, linda] = [newId(), newId()];
    await engine(async (tx) => {
      await tx.run(sql`
        INSERT INTO member (workspace_id, id, name, last_seen_at) VALUES
          (${own.workspace}, ${lin}, 'Xia', NULL), (${own.workspace}, ${linda}, 'Linda', now())`);
      await tx.run(
        sql`INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${own.workspace}, 'userId', 'lin', ${lin})`,
      );
    });
    expect(await find(own, "lin")).toEqual({ members: ["Xia", "Linda"] });
    expect(await find(own, "lind")).toEqual({ members: ["Linda"] });
  });

  it("finds orders, coupons, messages and events by their number, of this workspace only", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    const paid = event("order_paid", { order_id: "GL-2048", amount: 100 });
    await accept(own, [{ member, event: paid }]);
    await dispatchAll();
    const [message, coupon] = [newId(), newId()];
    await engine(async (tx) => {
      await tx.run(sql`
        INSERT INTO event (workspace_id, id, member_id, message_id, type, name, occurred_at, accepted_at)
        VALUES (${own.workspace}, ${paid.id}, ${member}, 'm1', 'track', 'order_paid', now(), now()) ON CONFLICT DO NOTHING`);
      await tx.run(sql`
        INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at) VALUES (${own.workspace}, 'till-7 4711', ${paid.id}, '', now())`);
      await tx.run(sql`
        INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, content, provider, ref, queued_at, not_before, expires_at)
        VALUES (${own.workspace}, ${message}, ${member}, 'sms', 'service', 'accepted', '{}', 'twilio', 'SM77', now(), now(), now())`);
      await tx.run(sql`
        INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, source)
        VALUES (${own.workspace}, ${coupon}, ${own.offer}, ${member}, 'ABCD1234', now(), 'test')`);
    });
    expect(await find(own, "GL-2048")).toEqual({ orders: ["GL-2048 · Member 1"] });
    expect(await find(own, "abcd1234")).toEqual({ coupons: ["20 off 100"] });
    expect(await find(own, "SM77")).toEqual({ messages: ["Member 1"] });
    expect(await find(own, message)).toEqual({ messages: ["Member 1"] });
    expect(await find(own, paid.id)).toEqual({ events: ["order_paid"] });
    expect(await find(own, "till-7 4711")).toEqual({ events: ["order_paid"] });
    const other = await shop();
    for (const typed of ["GL-2048", "ABCD1234", "SM77", message, paid.id, "till-7 4711"])
      expect(await find(other, typed)).toEqual({});
    expect(await find(own, "SM77", "cashier")).toEqual({});
  });

  it("finds events that could not be used by the order they tell of, their message id and their number", async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    const paid = { ...event("order_paid", { order_id: "GL-2049" }), messageId: "till-3 99" };
    await engine((tx) => bury(tx, own.workspace, { kind: "event", reason: "broken rule", member, payload: paid }));
    const [letter] = await peek<{ id: string }>(sql`SELECT id FROM dead_letter WHERE workspace_id = ${own.workspace}`);
    for (const typed of ["GL-2049", "till-3 99", letter?.id ?? ""])
      expect(await find(own, typed), typed).toEqual({ letters: ["order_paid"] });
    expect(await find(own, "GL-2049", "cashier")).toEqual({});
    expect(await find(await shop(), "GL-2049")).toEqual({});
  });

  it("does not look for what the caller may not read, and takes any letters for letters", async () => {
    const own = await shop();
    expect(await find(own, "20 off", "cashier")).toEqual({});
    expect(await find(own, "%_'; --")).toEqual({});
  });
});
