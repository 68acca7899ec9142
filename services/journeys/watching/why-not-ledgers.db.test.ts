import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { engine } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { tagMembers } from "@/services/members/tag";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, liveJourney, members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { memberVerdicts } from "./verdicts";
import { ask, keep, paid, scene } from "./why-not-harness";

await database();

it("tells of each of several events that one turn turned away", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "once" } });
  const all = [paid(12_000), paid(13_000), paid(14_000)];
  for (const one of all) await keep(own, gold, one);
  await accept(
    own,
    all.map((one) => ({ member: gold, event: one })),
  );
  await dispatchAll();
  const { considered } = await ask(own, journey.id, gold);
  expect(all.map(({ id }) => considered.find((one) => one.event?.id === id)?.outcome)).toEqual([
    "entered",
    "re_entry",
    "re_entry",
  ]);
});

it("tells of what our own ledgers said and conditions refused, leaf by leaf, though it leaves no event's row", async () => {
  const own = await shop();
  const [member] = (await members(own, 1)) as [MemberId];
  const tagged = await liveJourney(own, {
    name: "VIP",
    entry: "t",
    nodes: [
      {
        id: "t",
        kind: "on-event",
        config: { event: "tag_added", when: { field: "event.tag", is: "eq", value: "vip" } },
      },
      { id: "wait", kind: "delay", config: { for: "P1D" } },
    ],
    edges: [{ from: "t", port: "next", to: "wait" }],
    settings: {},
  });
  await engine((tx) => tagMembers(tx, own.workspace, [{ member, tag: "new", source: "x" }], new Date()));
  await dispatchAll();
  const { verdict, says, considered } = await ask(own, tagged.id, member);
  expect(verdict).toBe("held_back");
  expect(considered).toMatchObject([
    {
      event: { name: "tag_added" },
      outcome: "rule_false",
      findings: [{ asked: { en: "Tag is “vip”" }, found: { en: "Tag is “new”" }, held: false, isNow: false }],
    },
  ]);
  const { items } = value(await call(memberVerdicts, own.actor(), { member }));
  expect(items.find(({ journey }) => journey === tagged.id)?.says).toEqual(says);
});
