import { describe, expect, it } from "vitest";
import type { Rule } from "@/core/rules/rule";
import { json, sql, write } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { estimateSegment } from "./estimate";
import { knownFields } from "./known-fields";
import { segmentValues } from "./values";

await database();

const DAY = 86_400_000;

/** Members of one each, and events of a name of a day each, so many days ago. */
async function filled(
  attributes: object[],
  events: { name: string; ago?: number; properties: object }[],
): Promise<Shop> {
  const own = await shop();
  await write(own.workspace, async (tx) => {
    for (const one of attributes)
      await tx.run(
        sql`INSERT INTO member (workspace_id, id, attributes) VALUES (${own.workspace}, gen_random_uuid(), ${json(one)})`,
      );
    for (const { name, ago = 0, properties } of events) {
      const at = new Date(Date.now() - ago * DAY);
      const id = `${at
        .getTime()
        .toString(16)
        .padStart(12, "0")
        .replace(/^(.{8})/, "$1-")}-7${crypto.randomUUID().slice(15)}`;
      await tx.run(sql`
        INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at)
        SELECT ${own.workspace}, ${id}, (SELECT id FROM member WHERE workspace_id = ${own.workspace} LIMIT 1), ${id}, 'track', ${name}, ${json(properties)}, ${at}, ${at}`);
    }
  });
  return own;
}

const values = async (own: Shop, input: { field: string; event?: string; q?: string }) => {
  const said = await call(segmentValues, own.actor(), { q: "", ...input });
  return said.ok ? said.value.items : said.reason;
};
const fields = async (own: Shop, event?: string) => {
  const said = await call(knownFields, own.actor(), event === undefined ? {} : { event });
  if (!said.ok) throw new Error(said.detail);
  return said.value;
};

describe("what a workspace's own data can be asked", () => {
  it("is listed with its types, of members and of each event", async () => {
    const own = await filled(
      [{ seats: 5, since: "2026-01-02" }, { seats: "5" }, { seats: 3 }],
      [
        { name: "plan_changed", properties: { seats: 4, trial: true, to: { name: "pro" } } },
        { name: "order_paid", properties: { amount: 100, gift_wrap: false } },
      ],
    );
    const known = await fields(own);
    expect(known.events).toEqual(["plan_changed"]);
    expect(known.fields).toEqual([
      {
        path: "seats",
        types: [
          { type: "number", share: 2 / 3 },
          { type: "text", share: 1 / 3 },
        ],
      },
      { path: "since", types: [{ type: "date", share: 1 }] },
    ]);
    expect((await fields(own, "plan_changed")).fields.map(({ path, types }) => `${path} ${types[0]?.type}`)).toEqual([
      "seats number",
      "to.name text",
      "trial boolean",
    ]);
    expect((await fields(own, "never_came")).fields).toEqual([]);
  });

  it("has values that find, put into a rule as they are, those who have them", async () => {
    const own = await filled(
      [{ x: 5 }, { x: 5 }, { x: "5" }, { x: true }, { x: [5, "a"] }, { x: null }, { x: "" }],
      [],
    );
    const listed = await values(own, { field: "member.attributes.x" });
    if (typeof listed === "string") throw new Error(listed);
    expect(listed).toHaveLength(4);
    for (const { value, count } of listed) {
      const rule: Rule = { field: "member.attributes.x", is: "in", value: [value] };
      expect(await call(estimateSegment, own.actor(), { rule })).toMatchObject({ value: { count } });
    }
    expect(listed).toContainEqual({ value: 5, count: 3 });
    expect(listed).toContainEqual({ value: "5", count: 1 });
  });

  it("has values of an event's fields, searched, of nobody else's events", async () => {
    const events = ["tea", "tea", "coffee"].map((category) => ({
      name: "sold",
      properties: { lines: [{ category }] },
    }));
    const own = await filled([{}], [...events, { name: "other", properties: { lines: [{ category: "cake" }] } }]);
    const field = "event.lines.category";
    expect(await values(own, { field, event: "sold" })).toEqual([
      { value: "tea", count: 2 },
      { value: "coffee", count: 1 },
    ]);
    expect(await values(own, { field, event: "sold", q: "COF" })).toEqual([{ value: "coffee", count: 1 }]);
    expect(await values(own, { field })).toBe("invalid");
    expect(await values(await shop(), { field, event: "sold" })).toEqual([]);
  });

  it("finds an event of half a year ago behind very many newer ones", async () => {
    const own = await filled([{}], [{ name: "renewed", ago: 180, properties: { term: 24 } }]);
    await write(own.workspace, (tx) =>
      tx.run(sql`
        INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at)
        SELECT ${own.workspace}, (substr(t, 1, 8) || '-' || substr(t, 9) || '-7' || substr(gen_random_uuid()::text, 16))::uuid, m.id, 'm' || i, 'track', 'page_viewed', '{}', now(), now()
        FROM generate_series(1, 21000) i, lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') t, (SELECT id FROM member WHERE workspace_id = ${own.workspace} LIMIT 1) m`),
    );
    expect((await fields(own, "renewed")).fields).toEqual([{ path: "term", types: [{ type: "number", share: 1 }] }]);
    expect((await fields(own)).events).toEqual(["renewed"]);
  });
});
