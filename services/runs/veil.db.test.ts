import { expect, it } from "vitest";
import type { RunVars } from "@/core/rules/facts";
import { call } from "@/services/access/use-case";
import { whyNot } from "@/services/journeys/watching/why-not";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import type { Actor } from "../access/actor";
import { getRun } from "./get";
import { listRuns } from "./list";

await database();

/** A run by a used coupon's event that asked for the member's name, and gave a coupon whose code it asked for. */
async function scene() {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line(
      [
        [{ id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } }, "granted"],
        [{ id: "if", kind: "if", config: { when: { field: "coupon.code", is: "exists" } } }, "yes"],
        // What something else is compared with is hidden as well.
        [
          {
            id: "not",
            kind: "if",
            config: { when: { field: "entry.shelf", is: "ne", value: { field: "member.name" } } },
          },
          "yes",
        ],
        [
          {
            id: "nor",
            kind: "if",
            config: { when: { field: "entry.shelf", is: "ne", value: { field: "coupon.code" } } },
          },
          "yes",
        ],
      ],
      { event: "coupon_seen", when: { field: "member.name", is: "starts_with", value: "M" } },
    ),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("coupon_seen", { code: "OLD-CODE-1", shelf: "A" }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const [run] = await runsOf(journey.id);
  const { gift } = (run?.vars ?? {}) as RunVars;
  const given = gift?.coupon?.code ?? "";
  expect(given).not.toBe("");
  const key = (...scopes: string[]): Actor => ({ as: "key", workspace: own.workspace, key: "k", scopes, name: "k" });
  const told = async (actor: Actor) =>
    JSON.stringify([
      value(await call(getRun, actor, { run: run?.id })),
      value(await call(listRuns, actor, { journey: journey.id })),
      value(await call(whyNot, actor, { journey: journey.id, member })),
    ]);
  return { told, key, given, run };
}

it("tells who may read runs alone neither what was found of the member nor the codes of coupons", async () => {
  const { told, key, given } = await scene();
  const all = await told(key("run.read", "journey.read", "member.read", "coupon.read"));
  for (const shown of ["Name is “Member 1”", "Member 1", given, "OLD-CODE-1"]) expect(all).toContain(shown);
  expect(all).not.toContain("not shown");

  const little = await told(key("run.read", "journey.read"));
  for (const hidden of ["Member 1", given, "OLD-CODE-1"]) expect(little).not.toContain(hidden);
  // What was asked is the drawing's, and the rest of the event is the run's.
  for (const shown of ["Name begins with “M”", "not shown: needs the permission member.read", "不显示", "shelf"])
    expect(little).toContain(shown);
});

it("hides each by its own permission", async () => {
  const { told, key, given } = await scene();
  const ofMembers = await told(key("run.read", "member.read"));
  expect(ofMembers).toContain("Name is “Member 1”");
  expect(ofMembers).not.toContain(given);
  expect(ofMembers).toContain("not shown: needs the permission coupon.read");
  const ofCoupons = await told(key("run.read", "coupon.read"));
  expect(ofCoupons).not.toContain("Member 1");
  expect(ofCoupons).toContain(given);
});
