import { LANES } from "@/core/ids";
import { listen, onceBack, poll, sql } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { dispatch } from "@/services/engine/dispatching/dispatch";
import { type Left, Rounds } from "./rounds";

const POLL_MS = 250;
/** Between two looks at a lane whose events wait for runs that their conductors move. */
const WAITS_MS = 25;
const FAILED_MS = 200;

/**
 * Takes turns at lanes that have something: told by NOTIFY, and by a look every 250 ms. Any worker, any lane; a lane held elsewhere is passed over.
 * A lane that is never empty, or waits, keeps none of the `atOnce` places from the others.
 */
export async function startDispatcher(atOnce: number): Promise<() => Promise<void>> {
  const rounds = new Rounds(atOnce, turnAt);
  const all = (): void => rounds.want(...Array.from({ length: LANES }, (_, lane) => lane));
  const unlisten = await onceBack(() => listen(["lane"], (_, lane) => rounds.want(Number(lane)), all));
  let looking = false;
  const look = setInterval(() => {
    if (looking) return;
    looking = true;
    filledLanes()
      .then(
        (lanes) => rounds.want(...lanes),
        (error: unknown) => log("worker").warn({ err: error }, "the lanes could not be read"),
      )
      .finally(() => {
        looking = false;
      });
  }, POLL_MS);
  all();
  return async () => {
    clearInterval(look);
    await unlisten();
    await rounds.stop();
  };
}

async function turnAt(lane: number): Promise<Left> {
  try {
    const turn = await dispatch(lane);
    faultPoint("lane-committed");
    if (turn.is !== "took") return "nothing";
    if (turn.waits) return { after: WAITS_MS };
    // Set idle and committed: whoever inserted before the commit read "busy" and told nobody, so look once more.
    return !turn.isIdle || (await isFilled(lane)) ? "more" : "nothing";
  } catch (error) {
    log("worker").error({ err: error, lane }, "a dispatch turn failed; it is tried again");
    return { after: FAILED_MS };
  }
}

const isFilled = async (lane: number): Promise<boolean> =>
  (await poll(sql`SELECT 1 FROM inbox WHERE lane = ${lane} LIMIT 1`)).length > 0;

async function filledLanes(): Promise<number[]> {
  const rows = await poll<{ id: number }>(
    sql`SELECT id FROM lane l WHERE EXISTS (SELECT FROM inbox i WHERE i.lane = l.id)`,
  );
  return rows.map((row) => row.id);
}
