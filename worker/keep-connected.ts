import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import { log } from "@/platform/log";
import { connected } from "./connection";
import { clientOn, type Running } from "./temporal-worker";

export type Kept = Running & { readonly client: Client };

/** How often the server is asked whether it is there, and how long it may stay silent before another way to it is tried, ms. */
const ASK_MS = 1000;
const SILENT_MS = 3000;

/**
 * The Temporal workers, on a connection that is asked after. One that was lost without a word is noticed by the SDK's own ping after up to 45 s,
 * and no task comes meanwhile: when the server answers on a new connection while the old one stays silent, workers begin on the new one and the
 * old ones end (decision 063). The caller keeps and closes the first connection.
 */
export async function keepConnected(
  first: NativeConnection,
  start: (connection: NativeConnection) => Promise<Running>,
): Promise<Kept> {
  let connection = first;
  let client = clientOn(first);
  let running = await start(first);
  const stopping = new AbortController();
  const close = async (one: NativeConnection): Promise<void> => {
    if (one !== first) await one.close().catch(() => {});
  };
  const stopped = (async () => {
    for (;;) {
      const fresh = await Promise.race([running.stopped, lost(connection, stopping.signal)]);
      if (!fresh) return;
      log("worker").warn("the connection to Temporal is lost; going on over a new one");
      const [old, was] = [running, connection];
      [connection, client] = [fresh, clientOn(fresh)];
      running = await start(fresh);
      // Its polls answer to nobody any more, so it ends when its patience does.
      void old.stop().then(() => close(was));
      if (stopping.signal.aborted) await running.stop();
    }
  })();
  return {
    get client() {
      return client;
    },
    stopped,
    polls: () => running.polls(),
    async stop() {
      stopping.abort();
      await running.stop();
      await stopped.catch(() => {});
      await close(connection);
    },
  };
}

/** Resolves with a new connection when the server answers there and no longer on this one; with nothing when it is told to stop. */
async function lost(connection: NativeConnection, stop: AbortSignal): Promise<NativeConnection | undefined> {
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal: stop }).catch(() => {});
  for (;;) {
    await wait(ASK_MS);
    if (stop.aborted) return undefined;
    let hasAnswered = false;
    const answer = asked(connection).then(() => {
      hasAnswered = true;
    });
    await Promise.race([answer, wait(SILENT_MS)]);
    if (hasAnswered || stop.aborted) continue;
    const fresh = await connected(SILENT_MS).catch(() => undefined);
    // It was only slow, or this process was: an answer that came meanwhile is heard now.
    if (fresh && !hasAnswered && !stop.aborted) return fresh;
    await fresh?.close();
  }
}

/** Resolves when anything comes back, a refusal too: then the connection carries, or the SDK knows that it does not. */
const asked = (connection: NativeConnection): Promise<unknown> =>
  connection
    .withDeadline(Date.now() + 3 * SILENT_MS, () => connection.workflowService.getSystemInfo({}))
    .catch(() => {});
