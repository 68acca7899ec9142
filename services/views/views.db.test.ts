import { describe, expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { changeView } from "./change";
import { listViews } from "./list";
import { openWith } from "./open-with";
import { removeView } from "./remove";
import { saveView } from "./save";

await database();
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const failed = { screen: "runs", name: "Failed", filters: { state: "failed" } } as const;

describe("a kept view", () => {
  it("is its owner's alone until they share it", async () => {
    const place = await shop();
    const [me, other] = [place.actor("ops"), place.actor("marketer")];
    const view = value(await call(saveView, me, failed));
    expect(value(await call(listViews, other, { screen: "runs" })).items).toEqual([]);
    value(await call(changeView, me, { view: view.id, isShared: true }));
    const [seen] = value(await call(listViews, other, { screen: "runs" })).items;
    expect(seen).toMatchObject({ id: view.id, filters: { state: "failed" }, isMine: false, mayChange: false });
    expect(value(await call(listViews, other, { screen: "members" })).items).toEqual([]);
  });

  it("keeps its name to itself, also when several are renamed to it at one instant", async () => {
    const me = (await shop()).actor("ops");
    const views = [];
    for (let n = 0; n < 6; n++) views.push(value(await call(saveView, me, { ...failed, name: `View ${n}` })));
    const renamed = await Promise.all(views.map(({ id }) => call(changeView, me, { view: id, name: "Same" })));
    expect(renamed.map((one) => (one.ok ? "ok" : one.reason)).sort()).toEqual([
      ...Array.from({ length: 5 }, () => "conflict"),
      "ok",
    ]);
  });

  it("is changed and deleted by its owner, and by who may change the workspace", async () => {
    const place = await shop();
    const [me, other, boss] = [place.actor("ops"), place.actor("marketer"), place.actor("owner")];
    const view = value(await call(saveView, me, { ...failed, isShared: true }));
    const input = { view: view.id, name: "Broken" };
    expect(await call(changeView, other, input)).toMatchObject({ ok: false, reason: "not_allowed" });
    expect(await call(removeView, other, { view: view.id })).toMatchObject({ ok: false, reason: "not_allowed" });
    expect(value(await call(changeView, boss, input))).toMatchObject({ name: "Broken", filters: { state: "failed" } });
    value(await call(removeView, me, { view: view.id }));
    expect(await call(removeView, me, { view: view.id })).toMatchObject({ ok: false, reason: "not_found" });
  });

  it("opens the list of whoever chose it, until it is gone or no longer theirs to see", async () => {
    const place = await shop();
    const [me, other] = [place.actor("ops"), place.actor("marketer")];
    const defaults = async () =>
      Promise.all(
        [me, other].map(async (actor) =>
          value(await call(listViews, actor, { screen: "runs" })).items.flatMap((v) => (v.isDefault ? [v.name] : [])),
        ),
      );
    const view = value(await call(saveView, me, { ...failed, isShared: true, isDefault: true }));
    const second = value(await call(saveView, me, { ...failed, name: "Second", isShared: true }));
    expect(await defaults()).toEqual([["Failed"], []]);
    value(await call(openWith, other, { screen: "runs", view: view.id }));
    value(await call(openWith, me, { screen: "runs", view: second.id }));
    expect(await defaults()).toEqual([["Second"], ["Failed"]]);
    value(await call(changeView, me, { view: view.id, isShared: false }));
    value(await call(removeView, me, { view: second.id }));
    expect(await defaults()).toEqual([[], []]);
    expect(await call(openWith, other, { screen: "runs", view: view.id })).toMatchObject({ reason: "not_found" });
    expect(await call(openWith, me, { screen: "members", view: view.id })).toMatchObject({ reason: "not_found" });
  });

  it("has a name of its own among its owner's", async () => {
    const place = await shop();
    const me = place.actor();
    value(await call(saveView, me, failed));
    const other = value(await call(saveView, me, { ...failed, name: "Other" }));
    expect(await call(saveView, me, failed)).toMatchObject({ ok: false, reason: "conflict", path: ["name"] });
    const input = { view: other.id, name: "Failed" };
    expect(await call(changeView, me, input)).toMatchObject({ ok: false, reason: "conflict", path: ["name"] });
    value(await call(saveView, place.actor("ops"), failed));
  });

  it.each([
    ["runs", { stat: "failed" }, "stat", "known: journey, version"],
    ["runs", { state: "broken" }, "state", ""],
    ["offers", { sort: "shoe size" }, "sort", ""],
    ["tasks", { cursor: "x" }, "cursor", "known: state"],
  ] as const)("refuses what its list would not take: %s %j", async (screen, filters, at, says) => {
    const me = (await shop()).actor();
    const refused = { ok: false, reason: "invalid", path: ["filters", at], detail: expect.stringContaining(says) };
    expect(await call(saveView, me, { screen, name: "Strange", filters })).toMatchObject(refused);
    const view = value(await call(saveView, me, { screen, name: "Good", filters: {} }));
    expect(await call(changeView, me, { view: view.id, filters })).toMatchObject(refused);
  });

  it.each([
    [{ "state; DROP": "x" }, "a filter's name"],
    [Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, "x"])), "at most 20"],
  ])("refuses filters that are none: %j", async (filters, says) => {
    const outcome = await call(saveView, (await shop()).actor(), { ...failed, filters });
    expect(outcome).toMatchObject({ ok: false, reason: "invalid", detail: expect.stringContaining(says) });
  });
});
