import { setTimeout as pause } from "node:timers/promises";
import type { Arrival, Reject } from "@/core/events/arrival";
import type { WorkspaceId } from "@/core/ids";
import { oneLine } from "@/core/storable";
import { isPoison } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { counter, histogram } from "@/platform/metrics";
import { countUnjudged } from "../events/bury";
import { tellScreens } from "../events/tell-screens";
import { IdentityRace } from "../members/resolve";
import { type Ingested, ingest, type Notes } from "./ingest";

export type IntakeOptions = {
  /** How long the first event of a batch waits for company. */
  gatherMs?: number;
  /** Events in one transaction at most. */
  most?: number;
  /** Transactions at a time. */
  parallel?: number;
};

const accepted = counter("events_accepted_total", "Events taken in, without repetitions");
const repeated = counter("events_repeated_total", "Events whose messageId was known");
const rejected = counter("events_rejected_total", "Events kept as dead letters at the door");
const seconds = histogram("ingest_seconds", "Time of one ingest transaction");

/** What one request brought, of one workspace. */
type Parcel = {
  arrivals: readonly Arrival[];
  rejects: readonly Reject[];
  done(notes: Notes): void;
  fail(error: unknown): void;
};

/**
 * Coalesces concurrent requests into few transactions: the first waits a moment for company, and while transactions are under way the next
 * batch grows. `accept` settles when its events are committed, or throws when the database could not take them after three retries.
 */
export function intake({ gatherMs = 2, most = 1_000, parallel = 2 }: IntakeOptions = {}) {
  const queue: Parcel[] = [];
  let queued = 0;
  const queuedOf = new Map<WorkspaceId, number>();
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  let idle: (() => void)[] = [];

  function accept(arrivals: readonly Arrival[], rejects: readonly Reject[] = []): Promise<Notes> {
    return new Promise((done, fail) => {
      const parcel = { arrivals, rejects, done, fail };
      queue.push(parcel);
      count(parcel, 1);
      if (queued >= most) pump();
      else timer ??= setTimeout(pump, gatherMs);
    });
  }

  function count(parcel: Parcel, sign: 1 | -1): void {
    const events = sizeOf(parcel) * sign;
    queued += events;
    const workspace = (parcel.arrivals[0] ?? parcel.rejects[0])?.workspace;
    if (!workspace) return;
    const of = (queuedOf.get(workspace) ?? 0) + events;
    if (of > 0) queuedOf.set(workspace, of);
    else queuedOf.delete(workspace);
  }

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    while (queue.length > 0 && running < parallel) void work(take());
  }

  function take(): Parcel[] {
    let size = 0;
    let end = 0;
    for (const parcel of queue) {
      const next = size + sizeOf(parcel);
      if (end > 0 && next > most) break;
      size = next;
      end += 1;
    }
    const taken = queue.splice(0, end);
    for (const parcel of taken) count(parcel, -1);
    return taken;
  }

  async function work(parcels: Parcel[]): Promise<void> {
    running += 1;
    const stop = seconds.startTimer();
    try {
      const notes = await store(
        parcels.flatMap((p) => p.arrivals),
        parcels.flatMap((p) => p.rejects),
      );
      for (const parcel of parcels) parcel.done(notes);
    } catch (error) {
      for (const parcel of parcels) parcel.fail(error);
    } finally {
      stop();
      running -= 1;
      if (queue.length > 0) pump();
      else if (running === 0) {
        for (const resolve of idle) resolve();
        idle = [];
      }
    }
  }

  return {
    accept,
    /** Events waiting for a transaction. */
    waiting: () => queued,
    /** Those of one workspace among them. */
    waitingOf: (workspace: WorkspaceId) => queuedOf.get(workspace) ?? 0,
    /** Settles when nothing is under way. */
    drained: (): Promise<void> =>
      queue.length === 0 && running === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            idle.push(resolve);
          }),
  };
}

const sizeOf = ({ arrivals, rejects }: Parcel): number => arrivals.length + rejects.length;

const RETRIES = 3;

async function store(arrivals: readonly Arrival[], rejects: readonly Reject[]): Promise<Notes> {
  for (let attempt = 0; ; attempt++) {
    try {
      const ingested = await ingest(arrivals, rejects);
      faultPoint("event-committed");
      tell(arrivals, rejects, ingested);
      return ingested.notes;
    } catch (error) {
      if (isPoison(error)) return isolate(arrivals, rejects, error);
      if (attempt >= RETRIES) throw error;
      if (!(error instanceof IdentityRace)) await pause(20 * 4 ** attempt);
    }
  }
}

/** An event that breaks its statement must not fail its neighbours: the set is halved until it stands alone, and is then a dead letter. */
async function isolate(arrivals: readonly Arrival[], rejects: readonly Reject[], error: unknown): Promise<Notes> {
  const [only] = arrivals;
  if (!only) throw error;
  if (arrivals.length > 1) {
    const half = arrivals.length >> 1;
    const first = await store(arrivals.slice(0, half), rejects);
    return new Map([...first, ...(await store(arrivals.slice(half), []))]);
  }
  countUnjudged(error);
  const detail = error instanceof Error ? error.message : String(error);
  log("events").warn(
    { workspace: only.workspace, messageId: only.messageId, err: error },
    "an event could not be stored",
  );
  const { type, name } = only.draft;
  return store(
    [],
    [
      ...rejects,
      { ...only, type, name, cause: { code: "not_storable", facts: { event: name, detail: oneLine(detail, 1000) } } },
    ],
  );
}

function tell(arrivals: readonly Arrival[], rejects: readonly Reject[], { fresh }: Ingested): void {
  accepted.inc(fresh);
  repeated.inc(arrivals.length - fresh);
  rejected.inc(rejects.length);
  tellScreens(new Set([...arrivals, ...rejects].map(({ workspace }) => workspace)));
}
