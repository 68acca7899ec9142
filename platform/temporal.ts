import { config } from "./config";

/** Work of different nature gets its own queue, so that slow providers never starve conducting. */
export const taskQueues = { conduct: "conduct", send: "send" } as const;
export type TaskQueue = keyof typeof taskQueues;

/** The queue's name; a test file passes its own suffix, so that files share one server without meeting. */
export const taskQueue = (queue: TaskQueue, suffix = ""): string => (suffix ? `${taskQueues[queue]}-${suffix}` : queue);

/** What Temporal's own UI lists and filters conductors by. The dev server is started with these. */
export const searchAttributes = {
  RegularsState: "Keyword",
  RegularsVersion: "Int",
  RegularsJourney: "Keyword",
  RegularsWorkspace: "Keyword",
} as const;

/** What both SDK connections (`Connection`, `NativeConnection`) are opened with. */
export function connectionOptions(): { address: string; tls?: true; apiKey?: string } {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey } = config();
  return apiKey ? { address, apiKey, tls: true } : { address };
}

/** Opens a connection, trying again until it stands or the deadline passes; then throws the last reason. */
export async function connected<C>(open: () => Promise<C>, deadlineMs = 60_000): Promise<C> {
  const end = Date.now() + deadlineMs;
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    try {
      return await open();
    } catch (error) {
      if (Date.now() + pause > end)
        throw new Error(`Temporal does not answer at ${config().TEMPORAL_ADDRESS}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
