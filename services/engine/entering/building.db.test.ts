import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { listBroadcasts } from "../../broadcasts/list";
import { createJourney } from "../../journeys/drafting/create";
import { journeyAudience } from "../../journeys/publishing/audience";
import { createSegment } from "../../segments/segments";
import { segmentsTurn } from "../../segments/turn";
import { broadcastTurn } from "./broadcast";
import { enterDue } from "./enter-due";

await database();

const drawing = (kind: string, config: object, settings: object = {}) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { when: { all: [] }, ...config } },
    { id: "week", kind: "delay", config: { for: "P7D" } },
  ],
  edges: [{ from: "t", port: "next", to: "week" }],
  settings,
});

/** A segment of 20 gold members that nobody has come to yet. */
async function unbuilt(): Promise<{ own: Shop; segment: string; build(): Promise<void> }> {
  const own = await shop();
  await members(own, 20, { tier: "gold" });
  const rule = { field: "member.tier", is: "eq", value: "gold" };
  const { id } = value(await call(createSegment, own.actor(), { name: "Gold", rule }));
  return {
    own,
    segment: id,
    async build() {
      while ((await segmentsTurn(own.workspace)) === "moved");
    },
  };
}

it("sends to the whole of a segment that was still being built when it was published", async () => {
  const { own, segment, build } = await unbuilt();
  const { id: journey } = await published(own, drawing("on-broadcast", { at: "", segment, perMinute: 0 }));
  const shown = async () => value(await call(listBroadcasts, own.actor(), { journey })).items[0];
  const broadcast = (await shown())?.id ?? "";
  expect((await broadcastTurn(own.workspace, broadcast)).is).toBe("wait");
  expect(await shown()).toMatchObject({ state: "waiting", isSegmentBuilding: true });
  await build();
  while ((await broadcastTurn(own.workspace, broadcast)).is === "moved");
  expect(await shown()).toMatchObject({ state: "done", audienceSize: 20, entered: 20, isSegmentBuilding: false });
});

it("takes those who match already of a segment that was still being built when the journey was published", async () => {
  const { own, segment, build } = await unbuilt();
  const document = drawing("on-segment", { segment, change: "entered" }, { existing: { is: "now" } });
  const draft = value(await call(createJourney, own.actor(), { document }));
  expect(value(await call(journeyAudience, own.actor(), { journey: draft.id }))).toMatchObject({
    count: 0,
    isSegmentBuilding: true,
  });
  const { id, shard } = await published(own, document);
  await workAll(own.workspace);
  const [job] = await peek(sql`SELECT state, done FROM job WHERE workspace_id = ${own.workspace} AND kind = 'enrol'`);
  expect(job).toEqual({ state: "running", done: 0 });
  await build();
  await workAll(own.workspace);
  while ((await enterDue(shard)) === "moved");
  expect(await runsOf(id)).toHaveLength(20);
});
