import { randomBytes } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { afterAll, inject } from "vitest";

export type TestTemporal = {
  address: string;
  /** Added to task queues and workflow ids, so that files share the server without meeting. */
  suffix: string;
  /** The file of the bundled workflows: `{ workflowBundle: { codePath: bundle } }`. */
  bundle: string;
  client: Client;
  /** For workers; a client on it starts eagerly. */
  native: NativeConnection;
};

/** This file's way to the run's Temporal server. Call at the top of the file; closed when the file is done. */
export async function temporal(): Promise<TestTemporal> {
  const { address } = inject("temporal");
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  afterAll(async () => {
    await connection.close();
    await native.close();
  });
  return {
    address,
    suffix: randomBytes(4).toString("hex"),
    bundle: inject("bundle"),
    client: new Client({ connection }),
    native,
  };
}
