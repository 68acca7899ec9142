import { expect, it } from "vitest";
import { DEEPEST } from "@/core/plan/control";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { tagMembers, untagMembers } from "@/services/members/tag";
import { addMemberTags, removeMemberTag } from "@/services/members/tags";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const VIP = { field: "member.tags", is: "contains", value: "vip" };
const queued = async ({ workspace }: Shop) =>
  (await peek<{ name: string }>(sql`SELECT event ->> 'name' AS name FROM inbox WHERE workspace_id = ${workspace}`)).map(
    ({ name }) => name,
  );
const states = async (journey: Parameters<typeof runsOf>[0]) =>
  Object.fromEntries((await runsOf(journey)).map(({ member, state }) => [member, state]));

/** A journey whose members wait: for the tag to come or go, and for what `more` says of goals and exits. */
const waiting = (when: object, more: object = {}) => ({
  ...line([[{ id: "until", kind: "wait-until", config: { when, within: "P7D" } }, "holds"], tagged("t", "came")]),
  ...more,
});

it("lets waits, goals and exits notice a tag given or taken by hand", async () => {
  const own = await shop();
  const never = { any: [] };
  const [comes, goes, goal, exit] = [
    await liveJourney(own, waiting(VIP)),
    await liveJourney(own, waiting({ not: VIP })),
    await liveJourney(own, waiting(never, { goal: { when: VIP } })),
    await liveJourney(own, waiting(never, { exits: [{ when: VIP }] })),
  ];
  const all = [comes, goes, goal, exit];
  const [a, b] = await members(own, 2);
  if (!a || !b) throw new Error("no members");
  await engine((tx) => tagMembers(tx, own.workspace, [{ member: b, tag: "vip", source: "test" }], new Date()));
  await dispatchAll();
  await accept(
    own,
    [a, b].map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
  for (const { shard } of all) await conductAll(shard);
  expect(await states(comes.id)).toEqual({ [a]: "parked", [b]: "done" });
  expect(await states(goes.id)).toEqual({ [a]: "done", [b]: "parked" });

  await call(addMemberTags, own.actor(), { member: a, tags: ["vip"] });
  await call(removeMemberTag, own.actor(), { member: b, tag: "vip" });
  await dispatchAll();
  for (const { shard } of all) await conductAll(shard);
  expect((await states(comes.id))[a]).toBe("done");
  expect((await states(goes.id))[b]).toBe("done");
  expect((await states(goal.id))[a]).toBe("goal");
  expect((await states(exit.id))[a]).toBe("exited");
});

it("says what is new and what is gone, and tells only that, only to who listens", async () => {
  const own = await shop();
  const [a, b] = await members(own, 2);
  if (!a || !b) throw new Error("no members");
  const tag = (tags: string[]) =>
    engine((tx) =>
      tagMembers(
        tx,
        own.workspace,
        tags.flatMap((one) => [a, b].map((member) => ({ member, tag: one, source: "x" }))),
        new Date(),
      ),
    );
  expect(await tag(["one", "one"])).toHaveLength(2);
  expect(await queued(own)).toEqual([]);

  const heard = await liveJourney(
    own,
    line([tagged("t", "told")], { event: "tag_removed", when: { field: "event.tag", is: "eq", value: "one" } }),
  );
  expect(await tag(["one", "two"])).toHaveLength(2);
  expect(await queued(own)).toEqual([]);
  const untag = () => engine((tx) => untagMembers(tx, own.workspace, [{ member: a, tag: "one" }], new Date()));
  expect(await untag()).toEqual([{ member: a, tag: "one" }]);
  expect(await untag()).toEqual([]);
  expect(await queued(own)).toEqual(["tag_removed"]);
  await dispatchAll();
  expect((await runsOf(heard.id)).map(({ member }) => member)).toEqual([a]);
});

it("ends a journey that begins with the tag it gives", async () => {
  const own = await shop();
  const change = (id: string, action: "add" | "remove"): Link => [
    { id, kind: "tag", config: { action, tag: "vip" } },
    "next",
  ];
  const { id, shard } = await liveJourney(
    own,
    line([change("off", "remove"), change("on", "add")], { event: "tag_added" }),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await engine((tx) => tagMembers(tx, own.workspace, [{ member, tag: "vip", source: "test" }], new Date()));
  for (let i = 0; i < DEEPEST + 5; i++) {
    await dispatchAll();
    await conductAll(shard);
  }
  expect(await runsOf(id)).toHaveLength(DEEPEST + 1);
});
