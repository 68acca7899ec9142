import { Socket } from "node:net";
import pg from "pg";

const LOOK_MS = 1000;
/** An answer of which no byte came for so long is asked after. */
const SILENT_MS = 4000;
/** A server that does not take a connection in this time is away. */
const CONNECT_MS = 10_000;
const ASK_MS = 3000;

type Watched = {
  client: Client;
  socket: Socket;
  /** Bytes that were sent when everything was answered, and bytes that had come at the last look. */
  answered: number;
  heard: number;
  /** When a look last found it well. */
  since: number;
};

/**
 * Postgres' client for networks that lose connections without a word: a firewall that forgets them, a server replaced by another one. TCP would
 * wait a quarter of an hour for an answer that will never come, and a process all of whose connections wait so does nothing and looks alive.
 * When an answer is silent for long, the server is asked over a new connection whether it still works on it; if not, this one is cut, and what
 * waited fails as when the server went away (`isAway`). Slow statements are left to work.
 */
export class Client extends pg.Client {
  readonly address: string;

  constructor(config: string | pg.ClientConfig = {}) {
    const options = typeof config === "string" ? { connectionString: config } : config;
    super({ connectionTimeoutMillis: CONNECT_MS, ...options });
    this.address = options.connectionString ?? "";
    this.once("connect", () => watch(this));
  }
}

const watched = new Set<Watched>();
let isLooking = false;

function watch(client: Client): void {
  const socket = client.connection.stream;
  if (!(socket instanceof Socket)) return;
  const one = { client, socket, answered: socket.bytesWritten, heard: socket.bytesRead, since: performance.now() };
  watched.add(one);
  client.on("drain", () => {
    one.answered = socket.bytesWritten;
  });
  client.once("end", () => watched.delete(one));
  if (!isLooking) look();
}

function look(): void {
  isLooking = true;
  let isAsking = false;
  setInterval(() => {
    const silent = [...watched].filter(isSilent);
    if (silent.length === 0 || isAsking) return;
    isAsking = true;
    cutAbandoned(silent).finally(() => {
      isAsking = false;
    });
  }, LOOK_MS).unref();
}

function isSilent(one: Watched): boolean {
  const { bytesRead, bytesWritten } = one.socket;
  if (bytesRead !== one.heard || bytesWritten === one.answered) {
    one.heard = bytesRead;
    one.since = performance.now();
  }
  return performance.now() - one.since > SILENT_MS;
}

async function cutAbandoned(silent: readonly Watched[]): Promise<void> {
  const isAtWork = await askAfter(silent);
  for (const one of silent) {
    if (isAtWork(one) || !isSilent(one)) continue;
    one.socket.destroy(
      Object.assign(new Error("the connection to the database was lost without a word"), { code: "ETIMEDOUT" }),
    );
  }
}

const ALL_AT_WORK = (): boolean => true;

/** Asks the server over a new connection; where it does not answer either, or hides its sessions, nobody is judged. */
async function askAfter(silent: readonly Watched[]): Promise<(one: Watched) => boolean> {
  const asking = new pg.Client({
    connectionString: silent[0]?.client.address,
    connectionTimeoutMillis: ASK_MS,
    query_timeout: ASK_MS,
    application_name: "regulars-asking",
  });
  asking.on("error", () => {});
  try {
    await asking.connect();
    const { rows } = await asking.query<{ pid: number; own: number }>(
      // Our own sessions show their state. A session that waits for us to read is as good as idle: nothing came for seconds.
      `SELECT pid, pg_backend_pid() AS own FROM pg_stat_activity
      WHERE pid = pg_backend_pid() OR pid = ANY($1) AND state NOT LIKE 'idle%' AND wait_event IS DISTINCT FROM 'ClientWrite'`,
      [silent.map(({ client }) => pidOf(client))],
    );
    // Behind a pooler the server's sessions are not the ones that we were told of.
    if (rows[0]?.own !== pidOf(asking)) return ALL_AT_WORK;
    const working = new Set(rows.map(({ pid }) => pid));
    return ({ client }) => working.has(pidOf(client) ?? 0);
  } catch {
    return ALL_AT_WORK;
  } finally {
    await asking.end().catch(() => {});
  }
}

/** The server's process, as it told at the connection's start. */
const pidOf = (client: pg.Client): number | undefined =>
  "processID" in client && typeof client.processID === "number" ? client.processID : undefined;
