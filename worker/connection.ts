import type { Client } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { log } from "@/platform/log";
import { connectionOptions, searchAttributes } from "@/platform/temporal";

const CONNECT_MS = 5000;

/** Opens the worker's connection, trying for as long as it takes: the server may still be starting, or be away. */
export async function openConnection(): Promise<NativeConnection> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await connected(CONNECT_MS);
    } catch (error) {
      const { address } = connectionOptions();
      if (attempt % 10 === 0) log("worker").warn({ err: error, address }, "Temporal does not answer yet; trying on");
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

/** A new connection, on which the server answered. Throws when it does not within this many milliseconds: the SDK would wait as long as TCP does. */
export async function connected(withinMs: number): Promise<NativeConnection> {
  const connecting = NativeConnection.connect(connectionOptions());
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => {
      isLate = true;
      failed(new Error(`no answer within ${withinMs} ms`));
    }, withinMs);
  });
  connecting.then(
    (connection) => (isLate ? connection.close() : undefined),
    () => {},
  );
  return Promise.race([connecting, late]).finally(() => clearTimeout(timer));
}

const TYPES = { Keyword: 2, Int: 3 } as const; // temporal.api.enums.v1.IndexedValueType

const LABELS_MS = 10_000;

/** Whether the server knows our search attributes; they are added where it allows that. A start does not wait for long for them. */
export async function hasSearchAttributes(client: Client): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + LABELS_MS, () => addMissing(client));
    return true;
  } catch (error) {
    log("worker").warn(
      { err: error },
      "the Temporal server does not take our search attributes; journeys run unlabelled there",
    );
    return false;
  }
}

async function addMissing({ connection: { operatorService }, options: { namespace } }: Client): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(searchAttributes).filter(([name]) => !customAttributes?.[name]);
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, TYPES[type]])),
  });
}
