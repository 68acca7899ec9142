import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from "@temporalio/client";
import { ringHere } from "@/activities/bell";
import type { WorkspaceId } from "@/core/ids";
import {
  type BroadcastArguments,
  type CallerArguments,
  CONDUCT_QUEUE,
  type JobArguments,
  type JourneyArguments,
  RING,
  SEND_QUEUE,
  type SegmentsArguments,
  type SenderArguments,
} from "@/core/plan/conductor";
import { listen, onceBack } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { conductorTitle } from "@/services/engine/conductor-title";
import { releaseHeld } from "@/services/engine/release-held";
import { sweep } from "@/services/engine/sweep";
import { Shares } from "./shares";

export type Queues = { conduct: string; send: string };
const SWEEP_MS = 2000;
const SWEPT_AT_ONCE = 100;
const STARTS_AT_ONCE = 16;
/** A conductor that the sweep had signalled is signalled again only after so long: a server or worker that is slow to wake two hundred is not helped by two hundred more signals. */
const AGAIN_MS = 10_000;
/** A signal that is not answered by then is given up, so that those sent into a lost connection leave their places; the sweep repeats it. */
const SIGNAL_MS = 5000;
/** Swept at every look for this long, a conductor's workflow answers no signal: whatever holds it, a new one in its place works on from the ledger. */
const STUCK_MS = 30_000;

/**
 * The only place that starts or signals workflows. `bell` wakes an activity lingering here; `start` goes to Temporal, by the one worker
 * whose share the conductor is. What is lost on the way (a crash, a NOTIFY, Temporal's data) the sweep finds.
 */
export async function startBells(
  temporal: { readonly client: Client },
  queues: Queues = { conduct: CONDUCT_QUEUE, send: SEND_QUEUE },
  shares = new Shares(),
): Promise<() => Promise<void>> {
  const waiting = new Map<string, { workspace: string; conductor: string; isStuck: boolean }>();
  let sweptSince = new Map<string, number>();
  const signalled = new Map<string, number>();
  let starting = 0;
  let stopped = false;

  const pump = (): void => {
    for (const [key, one] of waiting) {
      if (stopped || starting >= STARTS_AT_ONCE) return;
      waiting.delete(key);
      starting++;
      start(temporal.client, queues, one)
        .catch((error: unknown) => {
          signalled.delete(one.conductor);
          log("worker").warn(
            { err: error, conductor: one.conductor },
            "a conductor could not be started; the sweep will",
          );
        })
        .finally(() => {
          starting--;
          pump();
        });
    }
  };
  const want = (workspace: string, conductor: string, isStuck = false): void => {
    waiting.set(conductor, { workspace, conductor, isStuck });
    pump();
  };

  const hear = (channel: string, payload: string): void => {
    const [workspace, conductor] = payload.split(" ");
    if (!workspace || !conductor) return;
    ringHere(conductor, Date.now());
    if (channel === "start" && shares.isMine(conductor)) want(workspace, conductor);
  };
  const unlisten = await onceBack(() => listen(["bell", "start"], hear, () => void look()));

  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || stopped) return;
    looking = true;
    try {
      await shares.look();
      await releaseHeld(SWEPT_AT_ONCE);
      const swept = await sweep();
      const now = Date.now();
      sweptSince = new Map(swept.map(({ conductor }) => [conductor, sweptSince.get(conductor) ?? now]));
      for (const conductor of signalled.keys()) if (!sweptSince.has(conductor)) signalled.delete(conductor);
      for (const { workspace, conductor } of swept) {
        const isStuck = shares.isMine(conductor) && now - (sweptSince.get(conductor) ?? now) > STUCK_MS;
        if (isStuck) {
          log("worker").error({ conductor }, "a conductor answers no signal; a new one takes its place");
          sweptSince.delete(conductor);
        }
        if (!isStuck && now - (signalled.get(conductor) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
        signalled.set(conductor, now);
        want(workspace, conductor, isStuck);
      }
    } catch (error) {
      log("worker").warn({ err: error }, "the sweep could not look");
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), SWEEP_MS);
  await look();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await unlisten();
  };
}

/** A closed workflow of the same id may be followed by a new one; a running one only hears the bell, unless it is stuck. */
async function start(
  client: Client,
  queues: Queues,
  { workspace, conductor, isStuck }: { workspace: string; conductor: string; isStuck: boolean },
): Promise<void> {
  const { queue, args } = workflowOf(workspace, conductor, queues);
  const title = await conductorTitle(workspace as WorkspaceId, conductor);
  faultPoint("ring-heard");
  await client.withDeadline(Date.now() + SIGNAL_MS, () =>
    client.workflow.signalWithStart(title, {
      taskQueue: queue,
      workflowId: conductor,
      args: [args],
      signal: RING,
      workflowTaskTimeout: "3 seconds",
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: isStuck
        ? WorkflowIdConflictPolicy.TERMINATE_EXISTING
        : WorkflowIdConflictPolicy.USE_EXISTING,
    }),
  );
  faultPoint("signal-sent");
}

/** Where a conductor works and with what, by its id. */
function workflowOf(
  workspace: string,
  conductor: string,
  queues: Queues,
): {
  queue: string;
  args: JourneyArguments | SenderArguments | CallerArguments | JobArguments | SegmentsArguments | BroadcastArguments;
} {
  const [kind, subject = "", last = ""] = conductor.split("/");
  switch (kind) {
    case "journey":
      return { queue: queues.conduct, args: { workspace, journey: subject, shard: Number(last) } };
    case "sender":
      return { queue: queues.send, args: { workspace, channel: last } };
    case "broadcast":
      return { queue: queues.conduct, args: { workspace, broadcast: subject } };
    case "segments":
      return { queue: queues.conduct, args: { workspace } };
    case "caller":
      return { queue: queues.send, args: { workspace } };
    case "job":
      return { queue: queues.conduct, args: { workspace, job: subject } };
    default:
      throw new Error(`no workflow is called ${conductor}`);
  }
}
