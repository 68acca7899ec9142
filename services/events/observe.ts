import { CHANNELS } from "@/core/message/channel";
import { gauge } from "@/platform/metrics";
import { Drain } from "./drain";
import { MOST, type Pulse, pulse } from "./pulse";

const database = gauge("database_up", "1 when the database answered the last look, else 0");
const dispatchWaiting = gauge("dispatch_waiting", "Accepted events that are not dispatched yet (counted to 100,000)");
const dispatchAge = gauge("dispatch_lag_seconds", "How long the oldest of them waits");
const drain = gauge(
  "dispatch_drain_seconds",
  "Until they are dispatched at the rate of the last looks; -1 when nothing moves",
);
const sendWaiting = gauge("send_waiting", "Messages that could leave now (counted to 100,000)", ["channel"]);
const sendAge = gauge("send_lag_seconds", "How long the first of them could have left", ["channel"]);
const SHRINKS = "at the rate at which that shrank between the last looks; -1 when it does not, or is too long to tell";
const sendDrain = gauge("send_drain_seconds", `Until they have left, ${SHRINKS}`, ["channel"]);
const inDoubt = gauge("messages_in_doubt", "Messages handed over without an answer: under way, or in doubt");
const ready = gauge("runs_ready", "Runs that could move now (counted to 100,000)");
const conductors = gauge("conductors", "Conductors by kind and state", ["kind", "state"]);
const circuit = gauge("provider_circuit_open", "1 while a provider is not called because its calls failed", [
  "provider",
]);
const workers = gauge("workers", "Worker processes that beat in the last 4 s");
const deadLetters = gauge(
  "dead_letters",
  "Events that could not be acted on and sends that did not arrive, neither dealt with nor set aside",
  ["kind"],
);
const jobs = gauge("jobs_running", "Work in the background that is not finished");
const jobsLeft = gauge("jobs_left", "Members or rows that it has still to look at");
const jobsDrain = gauge("jobs_drain_seconds", `Until it is finished, ${SHRINKS}`);

/** A look is good for this long: monitors and screens may ask as often as they like. */
const FRESH_MS = 1000;
let last: { at: number; pulse: Omit<Seen, "drainSeconds">; rate: number } | undefined;
let looking: Promise<Seen | undefined> | undefined;

const sendDrains = Object.fromEntries(CHANNELS.map((channel) => [channel, new Drain(MOST)]));
const jobDrain = new Drain(Number.POSITIVE_INFINITY);

/** `drainSeconds`: until what waits is gone; null when that cannot be told. */
export type Seen = Omit<Pulse, "send"> & {
  drainSeconds: number | null;
  send: (Pulse["send"][number] & { drainSeconds: number | null })[];
};

/** Looks at the ledger and sets the gauges. Undefined when the database is away; what it said before is told no longer. */
export function observe(): Promise<Seen | undefined> {
  if (last && performance.now() - last.at < FRESH_MS) return Promise.resolve(seen(last));
  looking ??= look().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function look(): Promise<Seen | undefined> {
  let now: Pulse;
  try {
    now = await pulse();
  } catch {
    last = undefined;
    database.set(0);
    for (const one of [
      dispatchWaiting,
      dispatchAge,
      drain,
      sendWaiting,
      sendAge,
      sendDrain,
      inDoubt,
      ready,
      conductors,
      circuit,
      workers,
      deadLetters,
      jobs,
      jobsLeft,
      jobsDrain,
    ])
      one.reset();
    return undefined;
  }
  const at = performance.now();
  const taken = last ? now.dispatch.taken - last.pulse.dispatch.taken : 0;
  // The server's statistics may begin anew; then the rate is not known until the next look.
  const rate = last && taken >= 0 ? (taken * 1000) / (at - last.at) : 0;
  const send = now.send.map((one) => ({
    ...one,
    drainSeconds: sendDrains[one.channel]?.look(at, one.waiting) ?? null,
  }));
  last = { at, pulse: { ...now, send }, rate: last && last.rate > 0 ? (last.rate + rate) / 2 : rate };
  const told = seen(last);
  database.set(1);
  dispatchWaiting.set(now.dispatch.waiting);
  dispatchAge.set(now.dispatch.ageSeconds);
  drain.set(told.drainSeconds ?? -1);
  for (const { channel, waiting, ageSeconds, drainSeconds } of send) {
    sendWaiting.set({ channel }, waiting);
    sendAge.set({ channel }, ageSeconds);
    sendDrain.set({ channel }, drainSeconds ?? -1);
  }
  inDoubt.set(now.inDoubt);
  ready.set(now.ready);
  circuit.reset();
  for (const provider of now.openCircuits) circuit.set({ provider }, 1);
  conductors.reset();
  for (const { kind, awake, asleep, overdue } of now.conductors) {
    conductors.set({ kind, state: "awake" }, awake);
    conductors.set({ kind, state: "asleep" }, asleep);
    conductors.set({ kind, state: "overdue" }, overdue);
  }
  workers.set(now.workers);
  for (const kind of ["event", "send"] as const) deadLetters.set({ kind }, now.deadLetters[kind]);
  jobs.set(now.jobs.running);
  jobsLeft.set(now.jobs.left);
  jobsDrain.set(jobDrain.look(at, now.jobs.left) ?? -1);
  return told;
}

const seen = ({ pulse: { dispatch, ...rest }, rate }: NonNullable<typeof last>): Seen => ({
  ...rest,
  dispatch,
  drainSeconds: dispatch.waiting === 0 ? 0 : rate > 0 ? dispatch.waiting / rate : null,
});
