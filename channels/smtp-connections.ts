import { setMaxListeners } from "node:events";
import type { Readable, Transform } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { NOT_BEGUN } from "./provider";
import { standsOnWire } from "./stands-on-wire";

export type MailServer = {
  host: string;
  port: number;
  secure: boolean;
  requireTls: boolean;
  user?: string;
  password?: string;
  connections: number;
  timeoutMs: number;
};

/** How handing over one mail went. `began`: the server had asked for the data, so a silence after that may mean either. */
export type Handed = { ok: true } | { ok: false; began: boolean; error: SmtpError };
export type SmtpError = Error & { responseCode?: number; response?: string; command?: string; code?: string };

type Pool = { idle: { connection: SMTPConnection; timer: NodeJS.Timeout }[]; open: number; waiting: (() => void)[] };

const IDLE_MS = 4000;
const LINE_END = "\r\n".length;
const pools = new Map<string, Pool>();

/**
 * Hands one mail to the server over a kept connection. Our own pool over nodemailer's connection, because nodemailer's pool queues
 * a mail again when its connection breaks, also after the data has left, and so would send it twice.
 */
export async function handOver(
  server: MailServer,
  envelope: { from: string; to: string },
  mail: Buffer,
  stop: AbortSignal,
  beginBy?: Date,
): Promise<Handed> {
  const pool = poolOf(server);
  const deadline = Date.now() + server.timeoutMs;
  const begin = Math.min(deadline, beginBy?.getTime() ?? deadline);
  for (;;) {
    const got = await take(pool, server, begin, stop);
    if ("error" in got) return { ok: false, began: false, error: got.error };
    const handed = await once(got.connection, envelope, mail, { begin, deadline }, stop);
    const isAnswer = !handed.ok && handed.error.responseCode !== undefined && handed.error.responseCode !== 421;
    release(pool, got.connection, handed.ok ? "done" : isAnswer ? "refused" : "broken");
    // The server closed a connection that lay idle: nothing was said on it, so a fresh one may be tried.
    const isStale = !handed.ok && !handed.began && got.isReused && handed.error.responseCode === undefined;
    if (!isStale || stop.aborted || Date.now() >= begin) return handed;
  }
}

function poolOf(server: MailServer): Pool {
  const name = JSON.stringify(server);
  const known = pools.get(name);
  if (known) return known;
  const made: Pool = { idle: [], open: 0, waiting: [] };
  pools.set(name, made);
  return made;
}

async function take(
  pool: Pool,
  server: MailServer,
  deadline: number,
  stop: AbortSignal,
): Promise<{ connection: SMTPConnection; isReused: boolean } | { error: SmtpError }> {
  for (;;) {
    if (stop.aborted || Date.now() >= deadline) {
      // Whoever was woken and cannot go wakes the next.
      pool.waiting.shift()?.();
      return { error: new Error(stop.aborted ? "stopped" : NOT_BEGUN) };
    }
    const kept = pool.idle.pop();
    if (kept) {
      clearTimeout(kept.timer);
      if (!kept.connection.destroyed) return { connection: kept.connection, isReused: true };
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
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    connectionTimeout: server.timeoutMs,
    greetingTimeout: server.timeoutMs,
    socketTimeout: server.timeoutMs * 2,
  });
  const closed = () => {
    connection.off("end", closed);
    pool.open -= 1;
    for (const one of pool.idle) if (one.connection === connection) clearTimeout(one.timer);
    pool.idle = pool.idle.filter((one) => one.connection !== connection);
    pool.waiting.shift()?.();
  };
  connection.on("end", closed);
  const greeted = greeting(connection, server);
  const failed = await bounded<SmtpError | "ready">(deadline, stop, (done) => {
    greeted.then(done);
  });
  if (failed === "ready") return { connection, isReused: false };
  // A server may let strangers wait for longer than a mail may: whoever comes next finds the connection ready.
  if (failed === undefined && !stop.aborted)
    greeted.then((late) => (late === "ready" ? keep(pool, connection) : connection.close()));
  else connection.close();
  return { error: failed ?? new Error(stop.aborted ? "stopped" : "no connection in time") };
}

function greeting(connection: SMTPConnection, server: MailServer): Promise<SmtpError | "ready"> {
  return new Promise((done) => {
    connection.on("error", done);
    // Closed without a word.
    connection.once("end", () => done(new Error("the connection was closed")));
    connection.connect((error) => {
      if (error) return done(error);
      if (!server.user || !connection.allowsAuth) return done("ready");
      connection.login({ user: server.user, pass: server.password ?? "" }, (refused) => done(refused ?? "ready"));
    });
  });
}

async function once(
  connection: SMTPConnection,
  envelope: { from: string; to: string },
  mail: Buffer,
  { begin, deadline }: { begin: number; deadline: number },
  stop: AbortSignal,
): Promise<Handed> {
  let began = false;
  const outcome = await bounded<SmtpError | "accepted">(deadline, stop, (done) => {
    // Asked for when the server has answered DATA: that is the moment from which the outcome can be doubtful.
    const body = {
      pipe(wire: Transform) {
        if (Date.now() >= begin) return done(new Error("asked for the data too late"));
        began = true;
        if (!standsOnWire(mail)) return wire.end(mail);
        // Past its look at each byte, 7 % of what a mail costs the worker; the data's end begins with the last line's.
        wire.push(mail.subarray(0, -LINE_END));
        wire.end();
      },
    };
    // All that nodemailer asks of a stream is that it pipes itself; a real one costs a tenth of a mail's time.
    connection.send({ from: envelope.from, to: [envelope.to], size: mail.length }, body as Readable, (error) =>
      done(error ?? "accepted"),
    );
  });
  if (outcome === "accepted") return { ok: true };
  return { ok: false, began, error: outcome ?? new Error(stop.aborted ? "stopped" : "no answer in time") };
}

function release(pool: Pool, connection: SMTPConnection, outcome: "done" | "refused" | "broken"): void {
  if (outcome === "broken" || connection.destroyed) connection.close();
  else if (outcome === "done") keep(pool, connection);
  // A refused mail leaves its transaction open; the next one needs a clean session.
  else connection.reset((error) => (error ? connection.close() : keep(pool, connection)));
}

function keep(pool: Pool, connection: SMTPConnection): void {
  if (connection.destroyed) return;
  const timer = setTimeout(() => {
    pool.idle = pool.idle.filter((one) => one.connection !== connection);
    connection.quit();
  }, IDLE_MS);
  timer.unref();
  pool.idle.push({ connection, timer });
  pool.waiting.shift()?.();
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
