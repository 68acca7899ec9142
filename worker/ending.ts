import type { RunningWorker } from "./start-worker";

type Parts = {
  worker: Pick<RunningWorker, "stop">;
  connection: Promise<{ close(): Promise<void> }>;
  disconnect(): Promise<void>;
  closeHealth(): void;
};

/**
 * Ends a worker: what it has under way first, then its servers' connections. Its probes last: a balancer or a deployment that asks meanwhile hears
 * that it is stopping, not that nobody is there.
 */
export async function end({ worker, connection, disconnect, closeHealth }: Parts): Promise<void> {
  await worker.stop();
  await connection.then((one) => one.close()).catch(() => {});
  await disconnect();
  closeHealth();
}
