import { expect, it } from "vitest";
import type { Rule } from "@/core/rules/rule";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { liveJourney } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { sensitiveTags } from "./sensitive";

await database();

async function segments({ workspace }: Shop, ids: readonly string[], rule: (at: number) => Rule): Promise<void> {
  for (const [at, id] of ids.entries())
    await peek(
      sql`INSERT INTO segment (workspace_id, id, name, rule) VALUES (${workspace}, ${id}, ${id}, ${json(rule(at))})`,
    );
}
const inside = (segment: string | undefined): Rule => ({
  field: "member.segments",
  is: "contains",
  value: segment ?? "",
});
const tagged: Rule = { field: "member.tags", is: "contains", value: "pregnant" };

async function found(own: Shop, segment: string | undefined): Promise<string[][]> {
  const { plan } = await liveJourney(own, line([], { when: inside(segment) }));
  const tags = await engine((tx) =>
    sensitiveTags(tx, own.workspace, new Map([[plan.id, plan]]), new Set(["pregnant", "ill"])),
  );
  return [...tags.values()];
}

it("finds a sensitive tag behind any number of segments within segments", async () => {
  const own = await shop();
  const ids = Array.from({ length: 9 }, () => newId());
  await segments(own, ids, (at) => (at === ids.length - 1 ? tagged : inside(ids[at + 1])));
  expect(await found(own, ids[0])).toEqual([["pregnant"]]);
});

it("ends where segments name each other", async () => {
  const own = await shop();
  const ids = [newId(), newId()];
  await segments(own, ids, (at) => ({ any: [inside(ids[1 - at]), ...(at === 1 ? [tagged] : [])] }));
  expect(await found(own, ids[0])).toEqual([["pregnant"]]);
});
