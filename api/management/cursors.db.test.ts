import { afterAll, expect, it } from "vitest";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { describe } from "../route";
import { buildServer } from "../server";
import { routes } from "./index";

await database();
const app = await buildServer();
afterAll(() => app.close());

/** As long as the field may be, in the letters that take most room. */
const longest = (characters: number, n: number) => `${"龘".repeat(characters - 1)}${n}`;
const draft = { name: "A", entry: "n1", nodes: [], edges: [], settings: {} };

/** Three of whatever a list sorts by a text of somebody's. */
async function furnished(): Promise<Shop> {
  const own = await shop();
  const { workspace, merchant, offer } = own;
  await engine(async (tx) => {
    for (const n of [1, 2, 3]) {
      await tx.run(sql`
        INSERT INTO journey (workspace_id, id, name, document) VALUES (${workspace}, ${newId()}, ${longest(120, n)}, ${json(draft)})`);
      await tx.run(sql`
        INSERT INTO segment (workspace_id, id, name, rule) VALUES (${workspace}, ${newId()}, ${longest(80, n)}, '{"all":[]}')`);
      await tx.run(sql`
        WITH made AS (
          INSERT INTO offer (workspace_id, id, name, kind, terms) SELECT workspace_id, ${newId()}, ${longest(120, n)}, kind, terms FROM offer WHERE id = ${offer}
          RETURNING workspace_id, id)
        INSERT INTO offer_stock (workspace_id, offer_id) SELECT workspace_id, id FROM made`);
      await tx.run(sql`
        INSERT INTO merchant (workspace_id, id, code, name) VALUES (${workspace}, ${newId()}, ${`${"m".repeat(63)}${n}`}, ${longest(120, n)})`);
      await tx.run(sql`
        INSERT INTO store (workspace_id, id, merchant_id, code, name) VALUES (${workspace}, ${newId()}, ${merchant}, ${`${"s".repeat(63)}${n}`}, ${longest(120, n)})`);
      await tx.run(
        sql`INSERT INTO member (workspace_id, id, name) VALUES (${workspace}, ${newId()}, ${longest(200, n)})`,
      );
      await tx.run(sql`
        INSERT INTO suppression (workspace_id, channel, address, reason, at)
        VALUES (${workspace}, 'push', ${`https://push.example.com/${"x".repeat(3_900)}${n}`}, 'test', now())`);
    }
  });
  return own;
}

const LISTS = ["/journeys", "/segments", "/offers", "/merchants", "/stores", "/members", "/suppressions"];
type Listed = { items: { id?: string; address?: string }[]; next: string | null };
type Query = { querystring: { properties: Partial<Record<"sort" | "order", { enum: string[] }>> } };
/** Each way in which a list can be sorted. */
const ways = LISTS.flatMap((path) => {
  const found = routes.find((one) => one.method === "GET" && one.path === path);
  if (!found) throw new Error(`no list stands at ${path}`);
  const { sort = { enum: [""] }, order = { enum: [""] } } = (describe(found) as Query).querystring.properties;
  return sort.enum.flatMap((by) => order.enum.map((way) => [path, by && `sort=${by}&order=${way}`] as const));
});

const own = await furnished();

it("knows every way to sort a list", () => expect(ways.length).toBeGreaterThan(30));

it.each(ways)("%s?%s takes back the cursor of each page, however long what it is sorted by", async (path, way) => {
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null && pages.length < 20; ) {
    const answer: { statusCode: number; json(): Listed & { detail?: string } } = await app.inject({
      url: `/api/v1${path}?${way}&limit=1&cursor=${cursor}`,
      headers: { authorization: `Bearer ${own.apiKey}` },
    });
    expect([answer.statusCode, answer.json().detail]).toEqual([200, undefined]);
    const { items, next }: Listed = answer.json();
    pages.push(...items.map(({ id, address }) => id ?? address ?? ""));
    cursor = next;
  }
  expect(pages.length).toBeGreaterThanOrEqual(3);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.length).toBeLessThan(20);
});
