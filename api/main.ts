import { networkInterfaces } from "node:os";
import { config } from "@/platform/config";
import { connect, disconnect, followClock } from "@/platform/db";
import { armFaultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { buildServer } from "./server";

const { API_PORT, DATABASE_URL, DATABASE_POOL, PUBLIC_API_URL, FAULT_POINT } = config();
const journal = log("api");
armFaultPoint(FAULT_POINT);
connect(DATABASE_URL, DATABASE_POOL);
followClock();
const app = await buildServer();
// "localhost" may be ::1 alone; a machine without IPv6 has no such address to listen on.
const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ family }) => family === "IPv6"),
);
await app.listen({ port: API_PORT, host: hasIPv6 ? "::" : "0.0.0.0" });
journal.info({ port: API_PORT, url: PUBLIC_API_URL }, "the API listens");

let isStopping = false;
/** Answers what has begun, refuses what is new, then goes. */
async function stop(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  journal.info({ signal }, "the API drains");
  await app.close();
  await disconnect();
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
