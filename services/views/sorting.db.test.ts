import { expect, it } from "vitest";
import type { z } from "zod";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { call, type UseCase } from "../access/use-case";
import { listOffers } from "../offers/list";
import { listSegments } from "../segments/segments";
import { listStores } from "../workspaces/stores";

await database();

type Lines = { items: { id: string; name: string }[]; next: string | null };

/** Seven of a kind; some have one name, and all were made at one instant, so that only their ids tell them apart. */
async function fill({ workspace, merchant }: Shop): Promise<void> {
  const names = ["b", "a", "c", "a", "c", "a", "b"];
  const ids = names.map(() => newId());
  await engine(async (tx) => {
    const rows = sql`unnest(${ids}::uuid[], ${names}::text[]) AS r(id, name)`;
    await tx.run(sql`
      INSERT INTO store (workspace_id, id, merchant_id, code, name, created_at) SELECT ${workspace}, id, ${merchant}, id::text, name, now() FROM ${rows}`);
    await tx.run(sql`
      INSERT INTO offer (workspace_id, id, name, kind, terms) SELECT ${workspace}, id, name, 'voucher', '{}' FROM ${rows}`);
    await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id) SELECT ${workspace}, id FROM ${rows}`);
    await tx.run(sql`
      INSERT INTO segment (workspace_id, id, name, rule, created_at, updated_at) SELECT ${workspace}, id, name, '{"all":[]}', now(), now() FROM ${rows}`);
  });
}

it.each([
  ["stores", listStores],
  ["offers", listOffers],
  ["segments", listSegments],
] as const)("%s are paged to their end in each order, none twice and none left out", async (_name, list) => {
  const own = await shop();
  await fill(own);
  const useCase = list as unknown as UseCase<z.ZodType, Lines>;
  for (const sort of ["name", "created"] as const)
    for (const order of ["asc", "desc"] as const) {
      const seen: Lines["items"] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await call(useCase, own.actor(), { sort, order, limit: 3, ...(cursor && { cursor }) });
        if (!page.ok) throw new Error(JSON.stringify(page));
        seen.push(...page.value.items);
        cursor = page.value.next;
      }
      const ids = new Set(seen.map(({ id }) => id));
      expect(ids.size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(7);
      if (sort !== "name") continue;
      const names = seen.map(({ name }) => name);
      const sorted = await engine((tx) =>
        tx.rows<{ name: string }>(sql`SELECT name FROM unnest(${names}::text[]) AS n(name) ORDER BY name`),
      );
      const wanted = sorted.map(({ name }) => name);
      expect(names).toEqual(order === "asc" ? wanted : wanted.reverse());
    }
});

it("begins anew for a cursor of another order", async () => {
  const own = await shop();
  await fill(own);
  const first = await call(listOffers, own.actor(), { sort: "name", order: "asc", limit: 2 });
  const cursor = first.ok ? first.value.next : null;
  const other = await call(listOffers, own.actor(), { sort: "name", order: "desc", limit: 2, cursor });
  const begin = await call(listOffers, own.actor(), { sort: "name", order: "desc", limit: 2 });
  expect(other).toEqual(begin);
});
