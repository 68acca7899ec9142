import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { event, liveJourney } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { visit } from "@/tests/harness/visit";
import { type Bench, within } from "./bench";
import { conductingWorker } from "./rig/engine-burst";
import { accept } from "./rig/inbox";
import { Installation } from "./rig/installation";
import { inBulk, manyMembers, memberAt } from "./rig/many";
import { spent } from "./rig/spent";

const WAIT_S = 12;
/** Between two events: 50 a second, of one journey after another. */
const EVERY_MS = 20;

/** (k) Two hundred live journeys with little traffic each, which all sleep and wake for themselves. */
export const journeys: Bench = {
  name: "journeys",
  about:
    "200 live journeys, 50 events a second over all of them: from an event to its effect, from a wait's end to the next step",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const [many, events] = isSmall ? [20, 200] : [200, 2_000];
      const own = await shop();
      await inBulk(here, ["member"], manyMembers(own, events));
      for (let i = 0; i < many; i++) await liveJourney(own, visit(i, WAIT_S));
      const worker = await conductingWorker(here);
      await pause(2000);
      await here.warmedUp();
      const before = here.cpu();
      const began = performance.now();
      for (let n = 1; n <= events; n++) {
        await accept(own, { member: memberAt(n), event: event(`came_${n % many}`, { n: 1 }) });
        await pause(Math.max(0, began + n * EVERY_MS - performance.now()));
      }
      const took = (performance.now() - began) / 1000;
      await until(
        async () => (await peek(sql`SELECT 1 FROM run WHERE state = 'done' OFFSET ${events - 1} LIMIT 1`)).length === 1,
        { deadline: 200_000, every: 200, what: "the end of all runs" },
      );
      say(`${events} events in ${took.toFixed(1)} s; processor time each: ${spent(before, here.cpu(), events)}`);
      const at = (step: string) => sql`(SELECT at FROM journal j WHERE j.run_id = r.id AND j.step = ${step})`;
      const [row] = await peek<{ effect: number[]; late: number[] }>(sql`
        SELECT percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY effect) AS effect, percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY late) AS late FROM (
          SELECT extract(epoch FROM ${at("points.start")})::float8 * 1000 - (r.entry_event ->> 'acceptedAt')::float8 AS effect,
            extract(epoch FROM ${at("wait.start")} - ${at("points.start")})::float8 * 1000 - ${WAIT_S * 1000}::float8 AS late FROM run r) x`);
      const [p50 = 0, p99 = 0, most = 0] = row?.late ?? [];
      const [e50 = 0, e99 = 0] = row?.effect ?? [];
      say(
        `effect: p50 ${e50.toFixed(0)} ms, p99 ${e99.toFixed(0)} ms; wait's end: p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}, most ${most.toFixed(0)} ms late`,
      );
      await worker.stop();
      return [
        within("200 journeys: an event → its effect, p50", "ms", e50, { most: 20 }),
        within("200 journeys: a wait's end → its next step, p50", "ms", p50, { most: 250 }),
        within("200 journeys: a wait's end → its next step, p99", "ms", p99, { most: 1000 }),
      ];
    }),
};
