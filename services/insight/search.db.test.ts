import { describe, expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { createSegment } from "@/services/segments/segments";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { search } from "./search";

await database();

async function find(own: Shop, q: string, role: Parameters<Shop["actor"]>[0] = "owner") {
  const found = await call(search, own.actor(role), { q });
  if (!found.ok) throw new Error(found.reason);
  return Object.fromEntries(
    Object.entries(found.value).flatMap(([kind, items]) =>
      items.length > 0 ? [[kind, items.map(({ name }: { name: string | null }) => name)]] : [],
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

  it("does not look for what the caller may not read, and takes any letters for letters", async () => {
    const own = await shop();
    expect(await find(own, "20 off", "cashier")).toEqual({});
    expect(await find(own, "%_'; --")).toEqual({});
  });
});
