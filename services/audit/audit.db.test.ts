import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { auditActions } from "@/core/audit/actions";
import type { MemberId } from "@/core/ids";
import { dayOf, dayPlus } from "@/core/time/day";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { addMemberTags } from "@/services/members/tags";
import { closeStore, createStore } from "@/services/workspaces/stores";
import { updateWorkspace } from "@/services/workspaces/update";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { listAudit, listAuditors } from "./list";

await database();
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const lines = async (own: Shop, input: object = {}) => value(await call(listAudit, own.actor(), input)).items;

async function member({ workspace }: Shop, name: string): Promise<MemberId> {
  const id = newId<MemberId>();
  await engine((tx) => tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${workspace}, ${id}, ${name})`));
  return id;
}

describe("the audit", () => {
  it("names what was done and to which thing, also when the action made it", async () => {
    const own = await shop();
    const me = own.actor();
    const store = value(await call(createStore, me, { merchant: own.merchant, code: "S9", name: "Harbour" }));
    await call(addMemberTags, me, { member: await member(own, "Ada"), tags: ["vip", "tea"] });
    const [tagged, made] = await lines(own);
    expect(tagged).toMatchObject({
      action: "member.tagged",
      subject: { thing: "member", name: "Ada" },
      facts: [{ field: "tags", value: "vip, tea" }],
    });
    expect(made).toMatchObject({
      action: "store.created",
      subject: { thing: "store", id: store.id, name: "Harbour" },
      others: [{ thing: "merchant", name: "Merchant 1" }],
    });
  });

  it("is asked by person, kind, thing and time", async () => {
    const own = await shop();
    const [me, other] = [own.actor(), own.actor()];
    await call(closeStore, me, { store: own.store });
    const ada = await member(own, "Ada");
    await call(addMemberTags, other, { member: ada, tags: ["a"] });
    await call(addMemberTags, me, { member: await member(own, "Bo"), tags: ["b"] });
    const actions = async (input: object) => (await lines(own, input)).map(({ action }) => action);
    expect(await actions({ thing: "store" })).toEqual(["store.closed"]);
    expect(await actions({ subject: ada })).toEqual(["member.tagged"]);
    const mine = `user:${me.as === "user" ? me.user : ""}`;
    expect(await actions({ actor: mine })).toEqual(["member.tagged", "store.closed"]);
    expect(await actions({ actor: "people" })).toHaveLength(3);
    expect(await actions({ actor: "keys" })).toEqual([]);
    const today = dayOf(Date.now(), "Asia/Shanghai");
    expect(await actions({ from: today, to: today })).toHaveLength(3);
    expect(await actions({ from: dayPlus(today, 1) })).toEqual([]);
    expect(await actions({ to: dayPlus(today, -1) })).toEqual([]);
    expect(await lines(await shop())).toEqual([]);
  });

  it("tells a till's redemptions as one line where asked to fold, and each of them where not", async () => {
    const own = await shop();
    await call(closeStore, own.actor(), { store: own.store });
    const till = newId();
    await engine(async (tx) => {
      await tx.run(sql`
        INSERT INTO audit (workspace_id, id, actor, action, subject)
        SELECT ${own.workspace}, uuidv7(), ${`key:${till}`}, 'coupon.redeemed', gen_random_uuid()::text FROM generate_series(1, 130)`);
    });
    await call(addMemberTags, own.actor(), { member: await member(own, "Ada"), tags: ["a"] });
    const folded = await lines(own, { fold: "programs" });
    expect(folded.map(({ action, folded: fold }) => [action, fold?.count])).toEqual([
      ["member.tagged", undefined],
      ["coupon.redeemed", 130],
      ["store.closed", undefined],
    ]);
    const fold = folded[1]?.folded;
    const between = { newest: fold?.newest, oldest: fold?.oldest, limit: 200 };
    expect(await lines(own, between)).toHaveLength(130);
    expect(await lines(own, { limit: 200 })).toHaveLength(132);
    expect((await lines(own, { actor: "people", within: "hour" })).map(({ action }) => action)).toEqual([
      "member.tagged",
      "store.closed",
    ]);
    const first = value(await call(listAudit, own.actor(), { fold: "programs", limit: 2 }));
    expect(first.items.map(({ folded: of }) => of?.count ?? 1)).toEqual([1, 130]);
    const next = value(await call(listAudit, own.actor(), { fold: "programs", limit: 2, cursor: first.next }));
    expect([next.items.map(({ action }) => action), next.next]).toEqual([["store.closed"], null]);
  });

  it("folds what is longer than one look at it, up to the very line where a page is full", async () => {
    const own = await shop();
    const [till, web] = [newId(), newId()];
    const did = (actor: string, count: number) =>
      engine((tx) =>
        tx.run(sql`
          INSERT INTO audit (workspace_id, id, actor, action, subject)
          SELECT ${own.workspace}, uuidv7(), ${actor}, 'coupon.redeemed', gen_random_uuid()::text FROM generate_series(1, ${count}::int)`),
      );
    await did("user:ada", 3);
    await did(`key:${web}`, 400);
    await did("user:ada", 1);
    await did(`key:${till}`, 1_000);
    const pages = async (order: "asc" | "desc") => {
      const counts: number[][] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const query: object = { fold: "programs", order, limit: 2, ...(cursor && { cursor }) };
        const { items, next }: { items: { folded: { count: number } | null }[]; next: string | null } = value(
          await call(listAudit, own.actor(), query),
        );
        counts.push(items.map(({ folded }) => folded?.count ?? 1));
        cursor = next;
      }
      return counts;
    };
    expect(await pages("desc")).toEqual([
      [1_000, 1],
      [400, 1],
      [1, 1],
    ]);
    expect(await pages("asc")).toEqual([
      [1, 1],
      [1, 400],
      [1, 1_000],
    ]);
  });

  it("searches for lines, also where it was asked to fold, and knows no kind of actor but its own", async () => {
    const own = await shop();
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO audit (workspace_id, id, actor, action, detail)
        SELECT ${own.workspace}, uuidv7(), ${`key:${newId()}`}, 'member.tagged', '{"tags": ["tea"]}' FROM generate_series(1, 3)`),
    );
    expect((await lines(own, { q: "tea", fold: "programs" })).map(({ folded }) => folded)).toEqual([null, null, null]);
    for (const actor of ["constructor", "toString", "__proto__"]) expect(await lines(own, { actor })).toEqual([]);
  });

  it("is searched by words of what was done and by the names of what it was done to", async () => {
    const own = await shop();
    const me = own.actor();
    value(await call(createStore, me, { merchant: own.merchant, code: "S9", name: "Harbour" }));
    await call(addMemberTags, me, { member: await member(own, "Ada"), tags: ["vip", "tea"] });
    const found = async (q: string) => (await lines(own, { q })).map(({ action }) => action);
    expect(await Promise.all(["harbour", "TEA", "ada", "nothing"].map(found))).toEqual([
      ["store.created"],
      ["member.tagged"],
      ["member.tagged"],
      [],
    ]);
    expect((await lines(own, { order: "asc" })).map(({ action }) => action)).toEqual([
      "store.created",
      "member.tagged",
    ]);
  });

  it("finds what was done to a member by their phone, and what lies behind more lines than one look takes", async () => {
    const own = await shop();
    const ada = await member(own, "Ada");
    await engine((tx) =>
      tx.run(sql`UPDATE member SET phone = '+8613800001111' WHERE workspace_id = ${own.workspace} AND id = ${ada}`),
    );
    await call(addMemberTags, own.actor(), { member: ada, tags: ["vip"] });
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO audit (workspace_id, id, actor, action, detail)
        SELECT ${own.workspace}, uuidv7(), ${`key:${newId()}`}, 'member.tagged', '{"tags": ["tea"]}' FROM generate_series(1, 22000)`),
    );
    const look = async (cursor?: string) =>
      value(await call(listAudit, own.actor(), { q: "138 0000 1111", limit: 5, ...(cursor && { cursor }) }));
    const first = await look();
    expect([first.items, first.next]).toEqual([[], expect.any(String)]);
    const second = await look(first.next ?? "");
    expect([second.items.map(({ subject }) => subject?.name), second.next]).toEqual([["Ada"], null]);
  });

  it("pages to its end", async () => {
    const own = await shop();
    const ada = await member(own, "Ada");
    for (const tag of ["a", "b", "c", "d", "e"]) await call(addMemberTags, own.actor(), { member: ada, tags: [tag] });
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { items, next }: { items: { facts: { value: string }[] }[]; next: string | null } = value(
        await call(listAudit, own.actor(), { limit: 2, ...(cursor && { cursor }) }),
      );
      seen.push(...items.flatMap(({ facts }) => facts.map((fact) => fact.value)));
      cursor = next;
    }
    expect(seen).toEqual(["e", "d", "c", "b", "a"]);
  });

  it("tells which settings changed, from what to what, and never what stayed", async () => {
    const own = await shop();
    const facts = async (input: object) => {
      value(await call(updateWorkspace, own.actor(), input));
      return (await lines(own))[0]?.facts;
    };
    expect(await facts({ settings: { messaging: { quietHours: { from: "22:00", to: "08:00" } } } })).toEqual([
      { field: "messaging.quietHours.from", before: "", value: "22:00" },
      { field: "messaging.quietHours.to", before: "", value: "08:00" },
      { field: "messaging.quietHours.choice", before: "", value: "hold" },
    ]);
    expect(
      await facts({ settings: { messaging: { quietHours: { from: "21:00", to: "08:00" }, tracksOpens: true } } }),
    ).toEqual([
      { field: "messaging.quietHours.from", before: "22:00", value: "21:00" },
      { field: "messaging.tracksOpens", before: "false", value: "true" },
    ]);
    expect(await facts({ settings: { publishing: { approval: "always" } }, timeZone: "Europe/Paris" })).toEqual([
      { field: "timeZone", before: "Asia/Shanghai", value: "Europe/Paris" },
      { field: "publishing.approval", before: "never", value: "always" },
    ]);
    expect(await facts({ timeZone: "Europe/Paris" })).toEqual([]);
  });

  it("is closed to who may not read it, and lists whom it can be asked for", async () => {
    const own = await shop();
    expect(await call(listAudit, own.actor("cashier"), {})).toMatchObject({ reason: "not_allowed" });
    const names = value(await call(listAuditors, own.actor(), {})).items.map(({ name }) => name);
    expect(names).toEqual(["program", "till"]);
  });
});

it("has no action that nothing does", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
    .map((name) => readFileSync(join(root, name), "utf8"))
    .join("\n");
  // A broadcast's actions are named by its control.
  const unused = Object.keys(auditActions).filter(
    (action) => !sources.includes(`"${action}"`) && !action.startsWith("broadcast."),
  );
  expect(unused).toEqual([]);
});
