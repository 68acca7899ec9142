import { gauge } from "@/platform/metrics";
import { type Pulse, pulse } from "./pulse";

const database = gauge("database_up", "1 when the database answered the last look, else 0");
const dispatchWaiting = gauge("dispatch_waiting", "Accepted events that are not dispatched yet (counted to 100,000)");
const dispatchAge = gauge("dispatch_lag_seconds", "How long the oldest of them waits");
const drain = gauge(
  "dispatch_drain_seconds",
  "Until they are dispatched at the rate of the last looks; -1 when nothing moves",
);
const sendWaiting = gauge("send_waiting", "Messages that could leave now (counted to 100,000)", ["channel"]);
const sendAge = gauge("send_lag_seconds", "How long the first of them could have left", ["channel"]);
const inDoubt = gauge("messages_in_doubt", "Messages handed over without an answer: under way, or in doubt");
const ready = gauge("runs_ready", "Runs that could move now (counted to 100,000)");
const conductors = gauge("conductors", "Conductors by kind and state", ["kind", "state"]);
const circuit = gauge("provider_circuit_open", "1 while a provider is not called because its calls failed", [
  "provider",
]);
const workers = gauge("workers", "Worker processes that beat in the last 4 s");
const deadLetters = gauge(
  "dead_letters",
  "Events and sends that could not be acted on and are neither replayed nor set aside",
);

/** A look is good for this long: monitors and screens may ask as often as they like. */
const FRESH_MS = 1000;
let last: { at: number; pulse: Pulse; rate: number } | undefined;
let looking: Promise<Seen | undefined> | undefined;

export type Seen = Pulse & { drainSeconds: number | null };

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
      inDoubt,
      ready,
      conductors,
      circuit,
      workers,
      deadLetters,
    ])
      one.reset();
    return undefined;
  }
  const at = performance.now();
  const taken = last ? now.dispatch.taken - last.pulse.dispatch.taken : 0;
  // The server's statistics may begin anew; then the rate is not known until the next look.
  const rate = last && taken >= 0 ? (taken * 1000) / (at - last.at) : 0;
  last = { at, pulse: now, rate: last && last.rate > 0 ? (last.rate + rate) / 2 : rate };
  const told = seen(last);
  database.set(1);
  dispatchWaiting.set(now.dispatch.waiting);
  dispatchAge.set(now.dispatch.ageSeconds);
  drain.set(told.drainSeconds ?? -1);
  for (const { channel, waiting, ageSeconds } of now.send) {
    sendWaiting.set({ channel }, waiting);
    sendAge.set({ channel }, ageSeconds);
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
  deadLetters.set(now.deadLetters);
  return told;
}

const seen = ({ pulse: { dispatch, ...rest }, rate }: { pulse: Pulse; rate: number }): Seen => ({
  ...rest,
  dispatch,
  drainSeconds: dispatch.waiting === 0 ? 0 : rate > 0 ? dispatch.waiting / rate : null,
});
