import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time";
import { afterAll, inject } from "vitest";
import { type Config, readConfig } from "@/platform/config";
import { searchAttributes } from "@/platform/temporal";
import { freePort } from "@/scripts/process/ports";
import { parts } from "@/scripts/supervise/parts";
import { Role } from "@/scripts/supervise/role";
import { until } from "./until";

type RoleName = keyof ReturnType<typeof parts>;
export type Product = {
  settings: Config;
  urls: { console: string; api: string; sandbox: string };
  /** What a role wrote to its log. */
  log(role: RoleName): string;
  /** kill -9; the role is started again as `npm start` would. */
  kill(role: RoleName): void;
};

/**
 * The product's processes on free ports, over this file's `database()`, with a Temporal namespace of its own; stopped when
 * the file is done. The console is built before the first of these files begins (`tests/global-setup.ts`).
 */
export async function product(
  databaseUrl: string,
  roles: RoleName[] = ["sandbox", "api", "worker", "console"],
): Promise<Product> {
  const home = mkdtempSync(join(tmpdir(), "regulars-product-"));
  const [PORT, API_PORT, SANDBOX_HTTP_PORT, SANDBOX_SMTP_PORT] = await Promise.all([1, 2, 3, 4].map(freePort));
  const ports = Object.entries({ PORT, API_PORT, SANDBOX_HTTP_PORT, SANDBOX_SMTP_PORT }).map(([name, port]) => [
    name,
    String(port),
  ]);
  const variables: Record<string, string> = {
    ...Object.fromEntries(ports),
    REGULARS_HOME: home,
    REGULARS_SECRET: "a secret for tests, the same for all of them",
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: inject("temporal").address,
    TEMPORAL_NAMESPACE: await namespace(),
    LOG_LEVEL: "info",
  };
  const settings = readConfig(variables);

  const known = parts(settings);
  const logOf = (name: RoleName) => join(home, `${name}.log`);
  const running = new Map(
    roles.map((name) => {
      const part = { ...known[name], environment: variables };
      return [name, new Role(part, { pidFile: join(home, `${name}.pid`), log: logOf(name) }, 5_000)] as const;
    }),
  );
  const stop = async () => {
    await Promise.all([...running.values()].map((role) => role.stop()));
    rmSync(home, { recursive: true, force: true });
  };
  afterAll(stop);
  // A file that fails while it is loaded never comes to its afterAll.
  process.once("exit", () => {
    for (const role of running.values()) role.kill();
  });
  try {
    // The sandbox first: worker and API hand it messages from their first second on.
    await running.get("sandbox")?.start();
    await Promise.all([...running].map(([name, role]) => (name === "sandbox" ? undefined : role.start())));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    settings,
    urls: {
      console: settings.PUBLIC_URL,
      api: settings.PUBLIC_API_URL,
      sandbox: `http://127.0.0.1:${SANDBOX_HTTP_PORT}`,
    },
    log: (role) => readFileSync(logOf(role), "utf8"),
    kill: (role) => running.get(role)?.crash(),
  };
}

/** Workers share their server's task queues within a namespace: another test's work must not reach this file's database. */
async function namespace(): Promise<string> {
  const name = `t-${Date.now().toString(36)}-${process.pid}`;
  const connection = await Connection.connect({ address: inject("temporal").address });
  try {
    await connection.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: msToTs("1 day"),
    });
    const types = { Keyword: 2, Int: 3 } as const;
    const attributes = Object.fromEntries(Object.entries(searchAttributes).map(([key, type]) => [key, types[type]]));
    await until(
      async () => {
        await connection.operatorService.addSearchAttributes({ namespace: name, searchAttributes: attributes });
        return true;
      },
      { what: "the new namespace", every: 200 },
    );
  } finally {
    await connection.close();
  }
  return name;
}
