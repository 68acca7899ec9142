import { LANES } from "@/core/ids";
import { listen, onceBack, poll, sql } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { dispatch } from "@/services/engine/dispatching/dispatch";

const POLL_MS = 250;
/** Between two looks at a lane whose events wait for runs that their conductors move. */
const WAITS_MS = 25;

/** Takes turns at lanes that have something: told by NOTIFY, and by a look every 250 ms. Any worker, any lane; a lane held elsewhere is passed over. */
export async function startDispatcher(atOnce: number): Promise<() => Promise<void>> {
  const wanted = new Set<number>();
  const active = new Set<number>();
  let stopped = false;
  const running = new Set<Promise<void>>();

  const work = async (lane: number): Promise<void> => {
    try {
      for (let going = true; going && !stopped; ) {
        wanted.delete(lane);
        const turn = await dispatch(lane);
        faultPoint("lane-committed");
        if (turn.is === "took" && turn.waits) await new Promise((done) => setTimeout(done, WAITS_MS));
        // Set idle and committed: whoever inserted before the commit read "busy" and told nobody, so look once more.
        going = turn.is === "took" && (!turn.isIdle || wanted.has(lane) || (await isFilled(lane)));
      }
    } catch (error) {
      log("worker").error({ err: error, lane }, "a dispatch turn failed; it is tried again");
      await new Promise((done) => setTimeout(done, 200));
    } finally {
      active.delete(lane);
    }
  };
  const pump = (): void => {
    for (const lane of wanted) {
      if (stopped || active.size >= atOnce) return;
      if (active.has(lane)) continue;
      wanted.delete(lane);
      active.add(lane);
      const run = work(lane).finally(() => {
        running.delete(run);
        pump();
      });
      running.add(run);
    }
  };
  const all = (): void => {
    for (let lane = 0; lane < LANES; lane++) wanted.add(lane);
    pump();
  };
  const hear = (_: string, lane: string): void => {
    wanted.add(Number(lane));
    pump();
  };
  const unlisten = await onceBack(() => listen(["lane"], hear, all));
  let looking = false;
  const poll = setInterval(() => {
    if (looking) return;
    looking = true;
    filledLanes()
      .then(
        (lanes) => {
          for (const lane of lanes) wanted.add(lane);
          pump();
        },
        (error: unknown) => log("worker").warn({ err: error }, "the lanes could not be read"),
      )
      .finally(() => {
        looking = false;
      });
  }, POLL_MS);
  all();
  return async () => {
    stopped = true;
    clearInterval(poll);
    await unlisten();
    await Promise.allSettled(running);
  };
}

const isFilled = async (lane: number): Promise<boolean> =>
  (await poll(sql`SELECT 1 FROM inbox WHERE lane = ${lane} LIMIT 1`)).length > 0;

async function filledLanes(): Promise<number[]> {
  const rows = await poll<{ id: number }>(
    sql`SELECT id FROM lane l WHERE EXISTS (SELECT FROM inbox i WHERE i.lane = l.id)`,
  );
  return rows.map((row) => row.id);
}
