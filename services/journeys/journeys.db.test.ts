import { describe, expect, it } from "vitest";
import { type JourneyId, journeyConductor } from "@/core/ids";
import { JourneyDocument } from "@/core/journey/document";
import { peek, sql } from "@/platform/db";
import type { Actor } from "@/services/access/actor";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { archiveJourney } from "./drafting/archive";
import { createJourney } from "./drafting/create";
import { duplicateJourney } from "./drafting/duplicate";
import { exportJourney } from "./drafting/export";
import { journeyProblems } from "./drafting/problems";
import { putJourney } from "./drafting/put";
import { drawn, made, publish } from "./drawn-harness";
import { getJourney } from "./get";
import { listJourneys } from "./list";
import { stopJourney } from "./operating/stop";
import { commentOnVersion } from "./publishing/comment";
import { publishJourney } from "./publishing/publish";
import { journeyDiff, journeyVersion, journeyVersions, restoreVersion } from "./publishing/versions";
import { journeyCounts } from "./watching/counts";

await database();

describe("a draft", () => {
  it("may be incomplete, is saved under its revision, and never overwritten unseen", async () => {
    const own = await shop();
    const draft = await made(own, {
      name: "Later",
      entry: "",
      nodes: [{ id: "a", kind: "send", config: {} }],
      edges: [],
    });
    expect(draft).toMatchObject({
      state: "draft",
      revision: 1,
      version: null,
      hasChanges: true,
      document: { settings: { reentry: { is: "after_end" } } },
    });
    const saved = value(
      await call(putJourney, own.actor(), {
        journey: draft.id,
        revision: 1,
        document: { ...draft.document, name: "Now" },
        labels: ["spring", "spring"],
      }),
    );
    expect(saved).toMatchObject({ name: "Now", revision: 2, labels: ["spring"] });
    expect(
      await call(putJourney, own.actor(), { journey: draft.id, revision: 1, document: draft.document }),
    ).toMatchObject({ ok: false, reason: "revision_changed", path: ["revision"] });
    expect(value(await call(getJourney, own.actor(), { journey: draft.id })).name).toBe("Now");
  });

  it("tells who saved it last: oneself, perhaps in another window, or somebody else", async () => {
    const own = await shop();
    const draft = await made(own);
    const [ada, bo] = [own.actor(), own.actor("marketer")];
    const savedTo = async (who: Actor) => value(await call(getJourney, who, { journey: draft.id })).saved;
    expect(await savedTo(ada)).toBeNull();
    value(await call(putJourney, ada, { journey: draft.id, revision: 1, document: draft.document }));
    expect(await savedTo(ada)).toMatchObject({ isOwn: true, at: expect.any(Date) });
    expect(await savedTo(bo)).toMatchObject({ isOwn: false });
  });

  it.each([
    ["no name", { name: " " }, ["document", "name"]],
    ["a node id with a space", { nodes: [{ id: "a b", kind: "if", config: {} }] }, ["document", "nodes", 0, "id"]],
    ["a field nobody knows", { colour: "red" }, ["document", "colour"]],
    ["a goal that is no rule", { goal: { when: { sum: [] } } }, ["document", "goal", "when"]],
    [
      "a NUL deep inside",
      { nodes: [{ id: "a", kind: "if", config: { x: ["a\0"] } }] },
      ["document", "nodes", 0, "config", "x", 0],
    ],
    [
      "half a character",
      { nodes: [{ id: "a", kind: "if", config: { "\ud800": 1 } }] },
      ["document", "nodes", 0, "config"],
    ],
    [
      "more depth than a walk can bear",
      { nodes: [{ id: "a", kind: "if", config: JSON.parse(`{"x":${"[".repeat(5000)}${"]".repeat(5000)}}`) }] },
      expect.arrayContaining(["document", "nodes"]),
    ],
    [
      "more text than a journey has",
      { nodes: [{ id: "a", kind: "if", config: { x: "x".repeat(3_100_000) } }] },
      ["document"],
    ],
  ])("is refused with %s, at its place", async (_name, wrong, path) => {
    const own = await shop();
    const document = { name: "x", entry: "a", nodes: [], edges: [], ...wrong };
    expect(await call(createJourney, own.actor(), { document })).toMatchObject({ ok: false, reason: "invalid", path });
  });

  it("keeps a goal that is still being written, which blocks publishing until it says what it compares with", async () => {
    const own = await shop();
    const draft = await made(own);
    const document = { ...draft.document, goal: { on: "order_paid", when: { field: "event.amount", is: "gte" } } };
    const saved = value(await call(putJourney, own.actor(), { journey: draft.id, revision: 1, document }));
    expect(saved.document.goal).toEqual(document.goal);
    expect(await publish(own, draft.id)).toMatchObject({ ok: false, reason: "has_problems" });
    const told = { ...document, goal: { ...document.goal, when: { ...document.goal.when, value: 100 } } };
    value(await call(putJourney, own.actor(), { journey: draft.id, revision: 2, document: told }));
    value(await publish(own, draft.id));
  });

  it("belongs to its workspace", async () => {
    const [own, other] = [await shop(), await shop()];
    const { id: journey } = await made(own);
    for (const attempt of [
      call(getJourney, other.actor(), { journey }),
      publish(other, journey),
      call(duplicateJourney, other.actor(), { journey }),
      call(archiveJourney, other.actor(), { journey }),
      call(journeyCounts, other.actor(), { journey }),
      call(journeyVersions, other.actor(), { journey }),
      call(exportJourney, other.actor(), { journey }),
      call(journeyProblems, other.actor(), { journey }),
      call(putJourney, other.actor(), { journey, revision: 1, document: drawn(other) }),
    ])
      expect(await attempt).toMatchObject({ ok: false, reason: "not_found" });
    expect(value(await call(listJourneys, other.actor(), {})).items).toEqual([]);
  });

  it("is only published by those who may", async () => {
    const own = await shop();
    const { id: journey } = await made(own);
    expect(await call(publishJourney, own.actor("viewer"), { journey })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    expect(await call(createJourney, own.actor("ops"), { document: drawn(own) })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
  });
});

describe("versions", () => {
  it("are compared part by part, and taken back into the draft, which publishes nothing", async () => {
    const own = await shop();
    const { id: journey, document } = await made(own);
    value(await publish(own, journey));
    const [, , ...others] = document.nodes;
    const changed = {
      ...document,
      name: "Other",
      nodes: [document.nodes[0], { ...document.nodes[1], title: "Gold?" }, ...others],
    };
    const saved = value(await call(putJourney, own.actor(), { journey, revision: 1, document: changed }));
    expect(value(await call(journeyDiff, own.actor(), { journey, from: "1" }))).toEqual({
      nodes: { added: [], removed: [], changed: [{ node: "gold", was: "gold", parts: ["title"] }] },
      edges: { added: [], removed: [] },
      settings: ["name"],
    });
    expect(await call(restoreVersion, own.actor(), { journey, version: 1, revision: 1 })).toMatchObject({
      ok: false,
      reason: "revision_changed",
    });
    const restored = value(
      await call(restoreVersion, own.actor(), { journey, version: "1", revision: saved.revision }),
    );
    expect(restored).toMatchObject({ name: "Big order", hasChanges: false, version: 1, revision: 3 });
    expect(await call(restoreVersion, own.actor(), { journey, version: 9, revision: 3 })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
  });
});

describe("publishing", () => {
  it("makes the plan, wakes the conductor, and the next event enters", async () => {
    const own = await shop();
    const { id: journey } = await made(own);
    const triggers = async () => value(await call(listJourneys, own.actor(), {})).items.map(({ trigger }) => trigger);
    expect(await triggers()).toEqual(["order_paid"]);
    const published = value(await publish(own, journey, { revision: 1 }));
    expect(published).toMatchObject({ state: "live", version: 1, hasChanges: false });
    expect(await peek(sql`SELECT id, kind FROM conductor WHERE workspace_id = ${own.workspace}`)).toEqual([
      { id: journeyConductor(journey as JourneyId, 0), kind: "journey" },
    ]);
    const [member] = await members(own, 1, { tier: "gold" });
    if (!member) throw new Error("no member");
    await accept(own, [{ member, event: event("order_paid", { amount: 10_000 }) }]);
    await dispatchAll();
    await conductAll({ workspace: own.workspace, journey: journey as JourneyId, shard: 0 });
    expect(await peek(sql`SELECT step, state FROM run WHERE journey_id = ${journey}`)).toEqual([
      { step: "used.start", state: "parked" },
    ]);

    const all = value(await call(journeyCounts, own.actor(), { journey }));
    expect(all.nodes).toEqual({
      paid: { entered: 1, waiting: 0, left: 1, failed: 0 },
      gold: { entered: 1, waiting: 0, left: 1, failed: 0 },
      both: { entered: 1, waiting: 0, left: 1, failed: 0 },
      sms: { entered: 1, waiting: 0, left: 1, failed: 0 },
      used: { entered: 1, waiting: 1, left: 0, failed: 0 },
    });
    expect(all.ports).toEqual({ "paid:next": 1, "gold:yes": 1, "both:granted": 1, "sms:next": 1 });
    expect(all.total).toEqual({
      entered: 1,
      waiting: 1,
      goal: 0,
      worth: 0,
      done: 0,
      exited: 0,
      failed: 0,
      held: 0,
      heldGoal: 0,
    });
    expect(value(await call(journeyCounts, own.actor(), { journey, window: "hour" }))).toEqual({
      ...all,
      since: expect.any(Date),
    });
    expect(value(await call(listJourneys, own.actor(), {})).items).toMatchObject([
      { id: journey, trigger: "order_paid", counts: { live: 1, failed: 0, entered: 1, goals: 0, worth: 0 } },
    ]);
    expect(await call(archiveJourney, own.actor(), { journey })).toMatchObject({ ok: false, reason: "conflict" });
  });

  it("the same drawing again changes no version; an edit makes the next; an old drawing comes back as it was", async () => {
    const own = await shop();
    const { id: journey, document } = await made(own);
    const first = value(await publish(own, journey));
    expect(value(await publish(own, journey)).version).toBe(1);
    const edited = value(
      await call(putJourney, own.actor(), {
        journey,
        revision: first.revision,
        document: { ...document, name: "Bigger order" },
      }),
    );
    expect(edited).toMatchObject({ state: "live", version: 1, hasChanges: true });
    expect(value(await publish(own, journey))).toMatchObject({ version: 2, hasChanges: false });
    value(await call(putJourney, own.actor(), { journey, revision: edited.revision, document }));
    expect(value(await publish(own, journey))).toMatchObject({ version: 1, hasChanges: false });
    const { items } = value(await call(journeyVersions, own.actor(), { journey }));
    expect(items.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(value(await call(journeyVersion, own.actor(), { journey, version: "2" })).document.name).toBe(
      "Bigger order",
    );
  });

  it("of an older revision than the stored is refused", async () => {
    const own = await shop();
    const { id: journey, document } = await made(own);
    value(await call(putJourney, own.actor(), { journey, revision: 1, document }));
    expect(await publish(own, journey, { revision: 1 })).toMatchObject({ ok: false, reason: "revision_changed" });
  });

  it("twice at the same moment makes one version", async () => {
    const own = await shop();
    const { id: journey } = await made(own);
    const both = await Promise.all([publish(own, journey), publish(own, journey)]);
    expect(both.map((one) => value(one).version)).toEqual([1, 1]);
    expect(await peek(sql`SELECT version FROM plan WHERE journey_id = ${journey}`)).toEqual([{ version: 1 }]);
  });
});

it("archives, and leaves what is archived alone; a copy lives on its own", async () => {
  const own = await shop();
  const { id: journey, document } = await made(own);
  value(await publish(own, journey));
  expect(await call(archiveJourney, own.actor(), { journey })).toMatchObject({ ok: false, reason: "conflict" });
  value(await call(stopJourney, own.actor(), { journey }));
  expect(value(await call(archiveJourney, own.actor(), { journey })).state).toBe("archived");
  expect(await call(putJourney, own.actor(), { journey, revision: 1, document })).toMatchObject({
    ok: false,
    reason: "conflict",
  });
  expect(await publish(own, journey)).toMatchObject({ ok: false, reason: "conflict" });
  const copy = value(await call(duplicateJourney, own.actor(), { journey }));
  expect(copy).toMatchObject({
    name: "Big order (2)",
    state: "draft",
    version: null,
    document: { name: "Big order (2)" },
  });
  expect(value(await call(listJourneys, own.actor(), {})).items.map(({ id }) => id)).toEqual([copy.id]);
  expect(value(await call(listJourneys, own.actor(), { state: "archived" })).items.map(({ id }) => id)).toEqual([
    journey,
  ]);
  const asked = value(await call(listJourneys, own.actor(), { ids: `${journey},${own.workspace}` }));
  expect(asked.items.map(({ id, state }) => [id, state])).toEqual([[journey, "archived"]]);
});

it("pages through journeys, the latest changed first, each once", async () => {
  const own = await shop();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift((await made(own)).id);
  const first = value(await call(listJourneys, own.actor(), { limit: "2" }));
  const second = value(await call(listJourneys, own.actor(), { limit: "2", cursor: first.next }));
  const third = value(await call(listJourneys, own.actor(), { limit: "2", cursor: second.next }));
  expect([...first.items, ...second.items, ...third.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(third.next).toBeNull();
});

it("exports what it imports, with keys in order", async () => {
  const own = await shop();
  const { id: journey } = await made(own);
  const exported = value(await call(exportJourney, own.actor(), { journey }));
  expect(Object.keys(exported)).toEqual(["edges", "entry", "exits", "name", "nodes", "settings"]);
  expect(JourneyDocument.parse(exported)).toEqual(JourneyDocument.parse(drawn(own)));
  expect((await made(own, exported)).document).toEqual(JourneyDocument.parse(drawn(own)));
});

describe("a published version", () => {
  it("carries why it was published and what was said of it later, with names", async () => {
    const own = await shop();
    const { id: journey } = await made(own);
    value(await publish(own, journey, { note: "For the spring" }));
    value(await call(commentOnVersion, own.actor("approver"), { journey, version: "1", text: "It worked" }));
    const { items } = value(await call(journeyVersions, own.actor(), { journey }));
    expect(items[0]?.comments.map(({ text }) => text)).toEqual(["For the spring", "It worked"]);
    expect(await call(commentOnVersion, own.actor("viewer"), { journey, version: 1, text: "x" })).toMatchObject({
      reason: "not_allowed",
    });
    expect(await call(commentOnVersion, own.actor(), { journey, version: 9, text: "x" })).toMatchObject({
      reason: "not_found",
    });
    const other = await shop();
    expect(await call(commentOnVersion, other.actor(), { journey, version: 1, text: "x" })).toMatchObject({
      reason: "not_found",
    });
  });
});
