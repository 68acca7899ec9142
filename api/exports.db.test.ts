import { afterAll, describe, expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "./server";

await database();
const app = await buildServer();
afterAll(() => app.close());

const people = (place: Shop, names: (string | null)[]) =>
  engine((tx) =>
    tx.run(sql`
    INSERT INTO member (workspace_id, id, name, phone, tier, spent, joined_at)
    SELECT ${place.workspace}, id, name, '+8613800138000', 'gold', 12880, '2026-11-28T18:00:00Z' FROM unnest(${names.map(() => newId())}::uuid[], ${names}::text[]) AS m (id, name)`),
  );
const ask = (path: string, key: string) =>
  app.inject({ method: "GET", url: `/api/v1/exports/${path}`, headers: { authorization: `Bearer ${key}` } });

describe("a list as a file", () => {
  it("holds every row that the filters find, over many pages, and no other", async () => {
    const place = await shop();
    await people(
      place,
      Array.from({ length: 431 }, (_, i) => `M${String(i).padStart(3, "0")}`),
    );
    await people(place, ["other"]);
    const answer = await ask("members?q=M&sort=name&order=asc", place.apiKey);
    const lines = answer.body.trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.slice(0, 4))).toEqual(
      Array.from({ length: 431 }, (_, i) => `M${String(i).padStart(3, "0")}`),
    );
    expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="members-\d{4}-\d\d-\d\d[.]csv"$/);
  });

  it("is written for spreadsheets: a mark for UTF-8, local times, decimals, no formulas", async () => {
    const place = await shop();
    await people(place, ['=HYPERLINK("http://evil")']);
    const { body, headers } = await ask("members?locale=zh-CN", place.apiKey);
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    const [head, line] = body.split("\r\n");
    expect(head?.startsWith("\uFEFF姓名,手机,邮箱,等级,")).toBe(true);
    expect(line).toMatch(/^"'=HYPERLINK\(""http:\/\/evil""\)",[+]8613800138000,,gold,0,128.80,0,,2026-11-29 02:00:00,/);
  });

  it.each(["journeys", "messages", "runs", "events", "segments", "tasks"])(
    "has a heading also where there is nothing yet: %s",
    async (list) => {
      const place = await shop();
      const { body, statusCode } = await ask(list, place.apiKey);
      expect([statusCode, body.split("\r\n").length]).toEqual([200, 2]);
    },
  );

  it.each(["offers", "stores", "audit"])("is sorted and cut as the screen has it: %s", async (list) => {
    const place = await shop();
    const [up, down] = await Promise.all(["asc", "desc"].map((order) => ask(`${list}?order=${order}`, place.apiKey)));
    const rows = (body = "") => body.trimEnd().split("\r\n").slice(1);
    expect(rows(down?.body).slice(-1)).toEqual(rows(up?.body).slice(0, 1));
  });

  it("refuses a filter that is none, which would hand out everything, and a list that is none", async () => {
    const place = await shop();
    await people(place, ["one"]);
    for (const [path, named] of [
      ["members?tgi=vip", "tgi"],
      ["runs?stat=failed", "stat"],
      ["nope", "list"],
    ] as const) {
      const answer = await ask(path, place.apiKey);
      expect([answer.statusCode < 500 && answer.statusCode >= 400, answer.json().path]).toEqual([true, named]);
      expect(answer.body).not.toContain("one");
    }
  });

  it("is recorded with its filters, and refused without the right to it", async () => {
    const place = await shop();
    await ask("runs?state=failed", place.apiKey);
    const lines = await engine((tx) =>
      tx.rows<{ action: string; detail: unknown }>(
        sql`SELECT action, detail FROM audit WHERE workspace_id = ${place.workspace}`,
      ),
    );
    expect(lines).toEqual([{ action: "list.exported", detail: { list: "runs", filters: { state: "failed" } } }]);
    const narrow = await app.inject({
      method: "POST",
      url: "/api/v1/keys",
      headers: { authorization: `Bearer ${place.apiKey}` },
      payload: { kind: "secret", name: "narrow", scopes: ["member.read"] },
    });
    expect((await ask("members", narrow.json().key)).statusCode).toBe(403);
    expect((await app.inject({ method: "GET", url: "/api/v1/exports/members" })).statusCode).toBe(401);
  });

  it.each([
    ["keys", "list"],
    ["runs?state=broken", "state"],
  ])("names what is wrong with %s", async (path, field) => {
    const answer = await ask(path, (await shop()).apiKey);
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({ code: "invalid", path: field }),
    ]);
  });

  it("shows nobody another workspace's rows", async () => {
    const [a, b] = [await shop(), await shop()];
    await people(a, ["A's member"]);
    expect((await ask("members", b.apiKey)).body).not.toContain("A's");
  });
});
