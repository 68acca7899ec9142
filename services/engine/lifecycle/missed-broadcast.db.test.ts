import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { broadcastTurn } from "@/services/engine/entering/broadcast";
import { pauseJourney } from "@/services/journeys/operating/pause";
import { resumeJourney, resumePreview } from "@/services/journeys/operating/resume";
import { database } from "@/tests/harness/database";
import { members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";

await database();

const weekly = {
  name: "Weekly",
  entry: "t",
  nodes: [
    {
      id: "t",
      kind: "on-schedule",
      config: { cron: "0 10 * * 1", zone: "", segment: "", when: { all: [] }, perMinute: 0 },
    },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
  settings: {},
};
type Row = { id: string; state: string; startsAt: Date };

it.each([
  ["late", 5, ["done"]],
  ["skip", 0, ["cancelled"]],
  ["exit", 0, ["cancelled"]],
] as const)(
  "asks what becomes of a schedule's round that was missed in a pause: %s",
  async (fellDue, entered, past) => {
    const own = await shop();
    await members(own, 5);
    const { id: journey } = await published(own, weekly);
    value(await call(pauseJourney, own.actor(), { journey }));
    await peek(sql`UPDATE broadcast SET starts_at = now() - interval '40 hours' WHERE journey_id = ${journey}`);
    expect(value(await call(resumePreview, own.actor(), { journey }))).toEqual({ runs: 0, messages: 0, broadcasts: 1 });
    expect(await call(resumeJourney, own.actor(), { journey })).toMatchObject({ ok: false, path: ["fellDue"] });
    value(await call(resumeJourney, own.actor(), { journey, fellDue }));
    await workAll(own.workspace);
    const rounds = () =>
      peek<Row>(
        sql`SELECT id, state, starts_at AS "startsAt" FROM broadcast WHERE journey_id = ${journey} ORDER BY starts_at`,
      );
    for (const { id } of await rounds()) while ((await broadcastTurn(own.workspace, id)).is === "moved");
    expect(await runsOf(journey)).toHaveLength(entered);
    const after = await rounds();
    expect(after.slice(0, -1).map(({ state }) => state)).toEqual(past);
    expect(after.at(-1)?.state).toBe("waiting");
    expect(after.at(-1)?.startsAt.getTime()).toBeGreaterThan(Date.now());
  },
);
