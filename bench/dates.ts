import type { JourneyId } from "@/core/ids";
import { journeyConductor } from "@/core/ids";
import { dayOf } from "@/core/time/day";
import { atLocal } from "@/core/time/local-time";
import { engine, peek, sql } from "@/platform/db";
import { ensureConductor } from "@/services/rings/conductors";
import { ringBy } from "@/services/rings/ring-by";
import { liveJourney } from "@/tests/harness/journey";
import { published } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { type Bench, within } from "./bench";
import { conductingWorker } from "./rig/engine-burst";
import { Installation } from "./rig/installation";
import { inBulk, manyMembers } from "./rig/many";

const ZONE = "Asia/Shanghai";
const MINUTE = 60_000;

/** (i) Birthdays of a million members: their due rows written at publishing, and one day's members let in at their instant. */
export const dates: Bench = {
  name: "dates",
  about: "birthdays of 1,000,000 members: due rows at publishing, and the day's 2,740 let in at their instant",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const count = isSmall ? 7_300 : 1_000_000;
      const own = await shop();
      await inBulk(here, ["member"], manyMembers(own, count));
      const worker = await conductingWorker(here);

      const began = performance.now();
      const { id } = await published(own, birthdays("10:00"));
      const rows = await enrolled(own, id);
      const rate = count / ((performance.now() - began) / 1000);
      say(`${rows} due rows of ${count} members, ${rate.toFixed(0)} members/s`);

      const { late, seconds, entered } = await today(here, own, id);
      say(
        `today's ${entered} members: the first ${late.toFixed(0)} ms after the instant, all ${seconds.toFixed(2)} s after it`,
      );
      await worker.stop();
      return [
        within("1 M birthdays enrolled", "members/s", rate, { least: 2000 }),
        within("a day's birthdays: the first enters after", "ms", late, { most: 1000 }),
        within("a day's birthdays: all have entered and moved after", "s", seconds, { most: 5 }),
      ];
    }),
};

const birthdays = (at: string) => ({
  name: "Birthday",
  entry: "day",
  nodes: [
    {
      id: "day",
      kind: "on-date",
      config: { date: "member.birthday", returns: "yearly", days: 0, time: at, leapDay: "feb28", when: { all: [] } },
    },
    { id: "tag", kind: "tag", config: { tag: "birthday", action: "add" } },
  ],
  edges: [{ from: "day", port: "next", to: "tag" }],
  settings: {},
});

/** Waits until the journey's enrolment is over; how many due rows it made. */
async function enrolled({ workspace }: Shop, journey: JourneyId): Promise<number> {
  await until(
    async () => {
      const [job] = await peek<{ state: string }>(
        sql`SELECT state FROM job WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND kind = 'enrol'`,
      );
      return job?.state === "done";
    },
    { deadline: 600_000, every: 50, what: "the enrolment's end" },
  );
  const [row] = await peek<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM due WHERE workspace_id = ${workspace} AND journey_id = ${journey}`,
  );
  return row?.n ?? 0;
}

/**
 * A second journey over the same members, whose time of day is the next whole minute; its due rows are the first one's, moved to that time.
 * When its first member entered and when its last had moved, counted from the instant.
 */
async function today(
  here: Installation,
  own: Shop,
  like: JourneyId,
): Promise<{ late: number; seconds: number; entered: number }> {
  const { workspace } = own;
  // Far enough ahead for the copy, which takes half a minute for a million.
  const instant = Math.ceil((Date.now() + 1.5 * MINUTE) / MINUTE) * MINUTE;
  const at = new Date(instant + 8 * 60 * MINUTE).toISOString().slice(11, 16);
  const day = dayOf(instant, ZONE);
  if (atLocal(day, at, ZONE) !== instant) throw new Error(`${day} ${at} in ${ZONE} is not the instant meant`);
  const { id } = await liveJourney(own, birthdays(at));
  await inBulk(
    here,
    ["due"],
    sql`
      INSERT INTO due (workspace_id, journey_id, member_id, shard, at, day)
      SELECT workspace_id, ${id}, member_id, shard,
        CASE WHEN to_char(day, 'MM-DD') = ${day.slice(5)} THEN ${new Date(instant)}::timestamptz ELSE date_trunc('day', at AT TIME ZONE ${ZONE}) AT TIME ZONE ${ZONE} + ${at}::interval END, day
      FROM due WHERE workspace_id = ${workspace} AND journey_id = ${like}`,
  );
  const [row] = await peek<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM due WHERE workspace_id = ${workspace} AND journey_id = ${id} AND at = ${new Date(instant)}`,
  );
  const count = row?.n ?? 0;
  if (count === 0) throw new Error("nobody's birthday is today");
  if (Date.now() > instant - 2000) throw new Error("the copy of the due rows took longer than the time left for it");
  await engine(async (tx) => {
    await ensureConductor(tx, workspace, id, 1);
    ringBy(tx, workspace, journeyConductor(id, 0), new Date(instant));
  });
  const moved = () =>
    peek<{ first: number; last: number; n: number }>(sql`
      SELECT (extract(epoch FROM min(r.entered_at)) * 1000)::float8 AS first, (extract(epoch FROM max(r.ended_at)) * 1000)::float8 AS last, count(*)::int AS n
      FROM run r WHERE r.workspace_id = ${workspace} AND r.journey_id = ${id} AND r.state = 'done'`);
  const done = await until(
    async () => {
      const [now] = await moved();
      return now && now.n === count && now;
    },
    { deadline: 4 * MINUTE, every: 100, what: "every birthday's run" },
  );
  return { late: done.first - instant, seconds: (done.last - instant) / 1000, entered: count };
}
