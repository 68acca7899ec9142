import pg from "pg";
import { type Config, config } from "@/platform/config";
import type { Part } from "./role";

const answersAt = (url: string) => async () => {
  const { status } = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: "manual" });
  return status < 400;
};
const program = (part: string) => ["scripts/run.mjs", part];

/** A batch's rows and parameters live for one transaction: with more room for the young, a fifth less of the worker's time goes into collecting. */
const YOUNG = ["--max-semi-space-size=32"];

/** The roles that `npm start` runs: how each is started and how one sees that it works. */
export function parts(
  settings: Config = config(),
): Record<"sandbox" | "worker" | "api" | "console" | "customers", Part> {
  const { PORT, API_PORT, SANDBOX_HTTP_PORT, SANDBOX_SMTP_PORT, DATABASE_URL } = settings;
  return {
    sandbox: {
      name: "sandbox",
      args: program("sandbox"),
      isReady: answersAt(`http://127.0.0.1:${SANDBOX_HTTP_PORT}/healthz`),
      says: `stands in for SMS, push (port ${SANDBOX_HTTP_PORT}) and mail (port ${SANDBOX_SMTP_PORT})`,
    },
    worker: {
      name: "worker",
      args: [...YOUNG, ...program("worker")],
      isReady: (pid) => hasBeaten(DATABASE_URL, pid),
      says: "conducts journeys",
    },
    api: {
      name: "api",
      args: program("api"),
      isReady: answersAt(`http://127.0.0.1:${API_PORT}/readyz`),
      says: `answers on port ${API_PORT}`,
    },
    console: {
      name: "console",
      args: ["node_modules/next/dist/bin/next", "start", "-p", String(PORT)],
      isReady: answersAt(`http://127.0.0.1:${PORT}/`),
      says: `shows on port ${PORT}`,
    },
    customers: {
      name: "customers",
      args: program("customers"),
      // They do nothing that others wait for.
      isReady: async () => true,
      says: "shop in the demo, until it is told otherwise (POST /api/v1/demo/simulate)",
    },
  };
}

async function hasBeaten(url: string, pid: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "SELECT 1 FROM worker_beat WHERE pid = $1 AND beat_at > now() - interval '10 seconds'",
      [pid],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
