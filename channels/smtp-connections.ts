import { setMaxListeners } from "node:events";
import { NOT_BEGUN } from "./provider";
import { type MailServer, type SmtpError, SmtpSession } from "./smtp-session";

type Server = MailServer & { connections: number };

/** How handing over one mail went. `began`: the server had asked for the data, so a silence after that may mean either. */
export type Handed = { ok: true } | { ok: false; began: boolean; error: SmtpError };

type Pool = { idle: { session: SmtpSession; timer: NodeJS.Timeout }[]; open: number; waiting: (() => void)[] };

const IDLE_MS = 4000;
const pools = new Map<string, Pool>();

/**
 * Hands one mail to the server over a kept connection. A mail whose connection breaks after its data has left is not sent again.
 */
export async function handOver(
  server: Server,
  envelope: { from: string; to: string },
  mail: string,
  stop: AbortSignal,
  beginBy?: Date,
): Promise<Handed> {
  const pool = poolOf(server);
  const deadline = Date.now() + server.timeoutMs;
  const begin = Math.min(deadline, beginBy?.getTime() ?? deadline);
  for (;;) {
    const got = await take(pool, server, begin, stop);
    if ("error" in got) return { ok: false, began: false, error: got.error };
    const handed = await once(got.session, envelope, mail, { begin, deadline }, stop);
    const isAnswer = !handed.ok && handed.error.responseCode !== undefined && handed.error.responseCode !== 421;
    const isUnsaid = !handed.ok && handed.error.code === "EMESSAGE";
    release(pool, got.session, handed.ok || isUnsaid ? "done" : isAnswer ? "refused" : "broken");
    // The server closed a connection that lay idle: nothing was said on it, so a fresh one may be tried.
    const isStale = !handed.ok && !isUnsaid && !handed.began && got.isReused && handed.error.responseCode === undefined;
    if (!isStale || stop.aborted || Date.now() >= begin) return handed;
  }
}

function poolOf(server: Server): Pool {
  const name = JSON.stringify(server);
  const known = pools.get(name);
  if (known) return known;
  const made: Pool = { idle: [], open: 0, waiting: [] };
  pools.set(name, made);
  return made;
}

async function take(
  pool: Pool,
  server: Server,
  deadline: number,
  stop: AbortSignal,
): Promise<{ session: SmtpSession; isReused: boolean } | { error: SmtpError }> {
  for (;;) {
    if (stop.aborted || Date.now() >= deadline) {
      // Whoever was woken and cannot go wakes the next.
      pool.waiting.shift()?.();
      return { error: new Error(stop.aborted ? "stopped" : NOT_BEGUN) };
    }
    const kept = pool.idle.pop();
    if (kept) {
      clearTimeout(kept.timer);
      if (!kept.session.isOver) return { session: kept.session, isReused: true };
      continue;
    }
    if (pool.open < server.connections) break;
    await bounded<void>(deadline, stop, (done) => {
      pool.waiting.push(done);
      return () => {
        pool.waiting = pool.waiting.filter((one) => one !== done);
      };
    });
  }
  pool.open += 1;
  const session = new SmtpSession(server, () => {
    pool.open -= 1;
    forget(pool, session);
    pool.waiting.shift()?.();
  });
  const failed = await bounded<SmtpError | "ready">(deadline, stop, (done) => {
    session.ready.then((error) => done(error ?? "ready"));
  });
  if (failed === "ready") return { session, isReused: false };
  // A server may let strangers wait for longer than a mail may: whoever comes next finds the connection ready.
  if (failed === undefined && !stop.aborted) session.ready.then(() => keep(pool, session));
  else session.close();
  return { error: failed ?? new Error(stop.aborted ? "stopped" : "no connection in time") };
}

async function once(
  session: SmtpSession,
  envelope: { from: string; to: string },
  mail: string,
  { begin, deadline }: { begin: number; deadline: number },
  stop: AbortSignal,
): Promise<Handed> {
  let began = false;
  const begins = (): boolean => {
    began = Date.now() < begin;
    return began;
  };
  const outcome = await bounded<SmtpError | "accepted">(deadline, stop, (done) => {
    session.send(envelope, mail, begins).then(() => done("accepted"), done);
  });
  if (outcome === "accepted") return { ok: true };
  return { ok: false, began, error: outcome ?? new Error(stop.aborted ? "stopped" : "no answer in time") };
}

function release(pool: Pool, session: SmtpSession, outcome: "done" | "refused" | "broken"): void {
  if (outcome === "broken") session.close();
  else if (outcome === "done") keep(pool, session);
  // A refused mail leaves its transaction open; the next one needs a clean session.
  else
    session.reset().then(
      () => keep(pool, session),
      () => session.close(),
    );
}

function keep(pool: Pool, session: SmtpSession): void {
  if (session.isOver) return;
  const timer = setTimeout(() => {
    forget(pool, session);
    session.quit();
  }, IDLE_MS);
  timer.unref();
  pool.idle.push({ session, timer });
  pool.waiting.shift()?.();
}

function forget(pool: Pool, session: SmtpSession): void {
  const at = pool.idle.findIndex((one) => one.session === session);
  for (const { timer } of at < 0 ? [] : pool.idle.splice(at, 1)) clearTimeout(timer);
}

/** Waits for `start` to call back, at most until the deadline or the stop; undefined when neither came in time. */
function bounded<T>(
  deadline: number,
  stop: AbortSignal,
  start: (done: (value: T) => void) => (() => void) | void,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    let undo: (() => void) | void;
    const end = (value?: T) => {
      clearTimeout(timer);
      stop.removeEventListener("abort", gaveUp);
      resolve(value);
    };
    const gaveUp = () => {
      undo?.();
      end();
    };
    const timer = setTimeout(gaveUp, Math.max(0, deadline - Date.now()));
    // One signal may stop many sends at once.
    setMaxListeners(0, stop);
    stop.addEventListener("abort", gaveUp, { once: true });
    undo = start((value) => end(value));
  });
}
