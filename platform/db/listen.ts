import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Client } from "./client";
import { databaseUrl } from "./pool";

const ASKS_MS = 5000;

/** Hears NOTIFY on a channel until closed; connects again by itself when the server went away, and then calls `missed`. */
export async function listen(
  channels: string[],
  heard: (channel: string, payload: string) => void,
  missed: () => void,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let closed = false;
  const start = async (): Promise<void> => {
    const next = new Client({ connectionString: databaseUrl(), application_name: "regulars-listen" });
    next.on("notification", (m) => heard(m.channel, m.payload ?? ""));
    next.on("error", () => {});
    try {
      await next.connect();
      for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      next.end().catch(() => {});
      throw error;
    }
    if (closed) return next.end();
    client = next;
    // Who only listens would not notice that nobody speaks any more.
    const asking = setInterval(() => next.query("SELECT 1").catch(() => {}), ASKS_MS);
    // Only from here on: one that never listened is tried again by whoever asked for it.
    next.once("end", () => {
      clearInterval(asking);
      void again();
    });
  };
  const again = async (): Promise<void> => {
    for (let ms = 250; !closed; ms = 1000) {
      await pause(ms);
      if (closed) return;
      try {
        await start();
      } catch {
        continue;
      }
      if (!closed) missed();
      return;
    }
  };
  await start();
  return async () => {
    closed = true;
    await client?.end();
  };
}
