import { setTimeout as pause } from "node:timers/promises";
import type { WorkspaceId } from "@/core/ids";
import { config } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { log } from "@/platform/log";
import { simulations } from "@/services/demo/simulate";
import { type Crowd, gather } from "./customers/crowd";
import { KeyRefused } from "./customers/door";
import { type Readers, readersIn } from "./customers/readers";

// The demo's customers: they shop through the public API and read what they are sent, as long as the switch of a demo workspace is on.
const LOOK_MS = 500;
const REST_MS = 3_000;
const READ_MS = 2_000;
const { API_PORT, SANDBOX_HTTP_PORT, DATABASE_URL } = config();
const places = { api: `http://127.0.0.1:${API_PORT}`, sandbox: `http://127.0.0.1:${SANDBOX_HTTP_PORT}` };
const journal = log("customers");
const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());

type Place = { crowd?: Crowd; readers?: Readers; nextAt: number; readsAt: number };
const crowds = new Map<WorkspaceId, Place>();

connect(DATABASE_URL, 2);
while (!ending.signal.aborted) await look();
await new Promise((done) => (ending.signal.aborted ? done(undefined) : ending.signal.addEventListener("abort", done)));
await disconnect();

/** Who is to shop is asked every time, so that the switch acts within a second. */
async function look(): Promise<void> {
  try {
    for (const { workspace, perMinute } of await simulations()) {
      const place = crowds.get(workspace) ?? { nextAt: 0, readsAt: 0 };
      crowds.set(workspace, place);
      await shop(workspace, place, perMinute);
      await readMessages(workspace, place);
    }
  } catch (error) {
    journal.warn({ err: error }, "cannot look who is to shop");
    await rest(REST_MS);
  }
  await rest(LOOK_MS);
}

async function shop(workspace: WorkspaceId, place: Place, perMinute: number): Promise<void> {
  const now = Date.now();
  // After a pause nobody comes twice.
  place.nextAt = Math.max(place.nextAt, now - LOOK_MS);
  try {
    if (place.nextAt > now) return;
    place.crowd ??= await gather(workspace, places);
    while (place.nextAt <= now && !ending.signal.aborted) {
      const events = await place.crowd.act();
      place.nextAt += ((events * 60_000) / perMinute) * (0.4 + 1.2 * Math.random());
    }
  } catch (error) {
    if (error instanceof KeyRefused) delete place.crowd;
    journal.warn(
      { workspace, reason: error instanceof Error ? error.message : String(error) },
      "a customer was turned away",
    );
    place.nextAt = Date.now() + REST_MS;
  }
}

async function readMessages(workspace: WorkspaceId, place: Place): Promise<void> {
  const now = Date.now();
  if (place.readsAt > now) return;
  place.readsAt = now + READ_MS;
  try {
    place.readers ??= readersIn(workspace, places);
    await place.readers.look(now);
  } catch (error) {
    journal.warn(
      { workspace, reason: error instanceof Error ? error.message : String(error) },
      "a reader could not read",
    );
    place.readsAt = Date.now() + REST_MS;
  }
}

function rest(ms: number): Promise<void> {
  return pause(ms, undefined, { signal: ending.signal }).catch(() => undefined);
}
