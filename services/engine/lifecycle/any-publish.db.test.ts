import fc from "fast-check";
import { expect, it } from "vitest";
import { type EventId, type MemberId, nodeOf, type RunId, type StepId } from "@/core/ids";
import { JourneyDocument } from "@/core/journey/document";
import { problems } from "@/core/journey/problems";
import type { Plan } from "@/core/plan/plan";
import { anyHistory, happenings } from "@/core/simulate/any-journey-harness";
import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Moves } from "@/services/journeys/publishing/fates";
import { database } from "@/tests/harness/database";
import { liveJourney, members, republish } from "@/tests/harness/journey";
import { workAll } from "@/tests/harness/lifecycle";
import { play } from "@/tests/harness/play";
import { type Shop, shop } from "@/tests/harness/shop";
import { standingClock } from "@/tests/harness/standing-clock";
import { begunByEvents, countedAsLive, givenAsJournalled, offersFor } from "../any-journey-harness";

const { url } = await database();
const clock = await standingClock(url);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 2, 1);
const ENDS = START + 60 * DAY;
/** More of them, or those that once failed, by hand. */
const { CASES: cases = "60", SEED } = process.env;
const CASES = Number(cases);

/** What is drawn anew at a node, counted round: it goes, its wait is longer, or a condition stands on the way out of it. */
type Edit = { is: "deleted" | "longer" | "branched"; nth: number };
const edit: fc.Arbitrary<Edit> = fc.record({
  is: fc.constantFrom<Edit["is"]>("deleted", "deleted", "longer", "branched"),
  nth: fc.integer({ min: 0, max: 11 }),
});
/** Who stands at the node that was drawn anew stays, goes on at another or leaves; absent = as usual. */
type Fate = { is: "stay" | "exit" | "move" | "usual"; nth: number };
const fate: fc.Arbitrary<Fate> = fc.record({
  is: fc.constantFrom<Fate["is"]>("stay", "exit", "move", "usual"),
  nth: fc.integer({ min: 0, max: 11 }),
});
/** When it is published, and how much later its job comes: whoever moves meanwhile goes the same way. */
const published = fc.record({
  after: fc.constantFrom(1, 1, 1, HOUR - 1, HOUR, DAY - HOUR),
  late: fc.constantFrom(0, 0, 0, HOUR),
});

const seen = { stayed: 0, exited: 0, moved: 0, runs: 0, effects: 0 };

it(
  "sends everybody where the publish sends them, ends every run and gives nothing twice, whatever is drawn anew in mid-journey",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        begunByEvents,
        anyHistory,
        fc.constantFrom({ ready: 0, due: 100 }, { ready: 5000, due: 100 }),
        edit,
        fate,
        published,
        async (document, history, pace, change, chosen, { after, late }) => {
          const { own, id, journey } = await begin(document);
          const publish = async (now: Date) => {
            const before = await standing(own);
            const next = redrawn(document, before, change);
            if (!next) return;
            const moves = movesOf(document, next.document, next.at, chosen);
            const plan = await republish(own, journey.id, next.document, 2, { moves, now });
            if (late > 0) return;
            await workAll(own.workspace);
            areWhereSent(before, await standing(own), { to: plan, moves, from: journey.plan });
          };
          const events = happenings(history, START).map((one) => ({ ...one, id: newId<EventId>() }));
          const acts = [{ at: START + after, does: publish }];
          if (late > 0) acts.push({ at: START + after + late, does: () => workAll(own.workspace) });
          await play(own, journey, id, events, { clock, pace, starts: START, ends: ENDS, acts });
          await everyRunEnds(own);
          seen.effects += await givenAsJournalled(own);
          await countedAsLive(own);
        },
      ),
      { numRuns: CASES, endOnFailure: true, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
    if (CASES < 60) return;
    // Otherwise nobody was on the way when it was published.
    const { stayed, exited, moved, runs, effects } = seen;
    expect([runs > 0, effects > 0, stayed + exited + moved > 0]).toEqual([true, true, true]);
  },
  CASES * 6_000,
);

async function begin(document: JourneyDocument) {
  await clock.set(START);
  const own = await shop();
  await offersFor(own);
  const [id] = await members(own, 1);
  if (!id) throw new Error("no member");
  const journey = await liveJourney(own, document);
  return { own, id: id as MemberId, journey };
}

/** The drawing with one change, and the node that it is about, one where somebody stands if there is any; undefined where it cannot be published. */
function redrawn(
  document: JourneyDocument,
  stands: readonly Stand[],
  { is, nth }: Edit,
): { document: JourneyDocument; at: string } | undefined {
  const taken = new Set(stands.filter(isOnTheWay).map(({ step }) => nodeOf(step)));
  const nodes = document.nodes.filter(({ id }) => id !== document.entry);
  const among = taken.size > 0 ? nodes.filter(({ id }) => taken.has(id)) : nodes;
  const node = among[nth % among.length];
  if (!node) return undefined;
  const next = structuredClone(document);
  if (is === "deleted") {
    const on = document.edges.find(({ from, to }) => from === node.id && to !== node.id)?.to;
    next.nodes = next.nodes.filter(({ id }) => id !== node.id);
    next.edges = next.edges
      .filter(({ from }) => from !== node.id)
      .flatMap((edge) => (edge.to !== node.id ? [edge] : on === undefined ? [] : [{ ...edge, to: on }]));
  }
  if (is === "longer")
    next.nodes = next.nodes.map((one) => (one.id === node.id ? { ...one, config: longer(one.config) } : one));
  if (is === "branched") {
    const [way] = next.edges.filter(({ from }) => from === node.id);
    if (!way) return undefined;
    next.nodes.push({ id: "new", kind: "if", config: { when: { field: "member.orders", is: "gte", value: 2 } } });
    next.edges = [
      ...next.edges.filter((edge) => edge !== way),
      { ...way, to: "new" },
      { from: "new", port: "yes", to: way.to },
    ];
  }
  const parsed = JourneyDocument.safeParse(next);
  if (!parsed.success || problems(parsed.data).some(({ severity }) => severity === "error")) return undefined;
  return JSON.stringify(parsed.data) === JSON.stringify(document) ? undefined : { document: parsed.data, at: node.id };
}

const LONGER = { PT1H: "PT5H", P1D: "P3D", P2D: "P9D" } as Record<string, string>;
const longer = (config: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, (typeof value === "string" && LONGER[value]) || value]),
  );

function movesOf(document: JourneyDocument, next: JourneyDocument, at: string, { is, nth }: Fate): Moves {
  if (is === "usual") return {};
  if (is !== "move") return { [at]: { is } };
  const targets = next.nodes.filter(({ id }) => id !== document.entry && id !== at);
  const to = targets[nth % targets.length];
  return to ? { [at]: { is: "move", to: to.id } } : {};
}

type Stand = { id: RunId; plan: string; step: StepId; state: string; reason: string | null; parkedAt: Date | null };
/** Who is held out stands at no node of the drawing. */
const isOnTheWay = ({ state }: Stand): boolean => state === "ready" || state === "parked";
const standing = ({ workspace }: Shop) =>
  peek<Stand>(sql`
    SELECT id, plan_id AS plan, step, state, reason, parked_at AS "parkedAt" FROM run
    WHERE workspace_id = ${workspace} ORDER BY id`);

/** Each run that was on its way, after the publish's job. */
function areWhereSent(
  before: readonly Stand[],
  after: readonly Stand[],
  { from, to, moves }: { from: Plan; to: Plan; moves: Moves },
): void {
  const now = new Map(after.map((one) => [one.id, one]));
  const isThere = (node: string): boolean => Object.keys(to.steps).some((step) => nodeOf(step as StepId) === node);
  const sentFrom = (node: string) =>
    moves[node] ?? (isThere(node) ? { is: "move" as const, to: node } : { is: "stay" as const });
  const nodes = Object.keys(from.wires).filter((node) => node !== from.entryNode);
  for (const one of before) {
    const then = now.get(one.id);
    if (one.state === "held") {
      const isSent = (is: string): boolean => nodes.every((node) => sentFrom(node).is === is);
      const goesOn = nodes.length === 0 || nodes.some((node) => sentFrom(node).is === "move");
      if (goesOn) expect(then).toMatchObject({ plan: to.id, step: to.first, state: "held" });
      else if (isSent("exit")) expect(then).toMatchObject({ state: "exited", reason: "left_on_publish" });
      else expect(then).toEqual(one);
      continue;
    }
    if (!isOnTheWay(one)) {
      expect(then).toEqual(one);
      continue;
    }
    const node = nodeOf(one.step);
    const sent = sentFrom(node);
    switch (sent.is) {
      case "stay":
        seen.stayed += 1;
        expect(then).toEqual({ ...one, plan: from.id });
        break;
      case "exit":
        seen.exited += 1;
        expect(then).toMatchObject({ state: "exited", reason: "left_on_publish", step: one.step });
        break;
      case "move":
        if (sent.to !== node) seen.moved += 1;
        expect(then && { plan: then.plan, node: nodeOf(then.step), parkedAt: then.parkedAt }).toEqual({
          plan: to.id,
          node: sent.to,
          parkedAt: one.parkedAt,
        });
        expect(["ready", "parked"]).toContain(then?.state);
        break;
      default:
        sent satisfies never;
    }
  }
}

/** Only a wait without a time-out, or one whose time lies beyond what was played, may still be waited at. */
async function everyRunEnds({ workspace }: Shop): Promise<void> {
  const open = await peek<{ state: string; step: string; reason: string | null }>(sql`
    SELECT state, step, reason FROM run WHERE workspace_id = ${workspace} AND (
      state = 'ready' OR state IN ('parked', 'held') AND due_at <= ${new Date(ENDS - DAY)}
      OR state = 'failed' AND reason NOT LIKE 'passed this step %')`);
  expect(open).toEqual([]);
  const [all] = await peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM run WHERE workspace_id = ${workspace}`);
  seen.runs += all?.n ?? 0;
}
