import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { WorkspaceId } from "@/core/ids";
import { isUuid } from "@/core/uuid";
import { config, environment } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { hasFirstPassword } from "@/services/access/one-time-password";
import { settleKept } from "@/services/demo/settle";
import { Problem } from "./embedded/problem";
import { say } from "./supervise/say";

/** How one gets into the demo workspace, by hand and by program. Without `password` once its user has chosen their own. */
export type DemoAccess = { workspace: string; user: string; password?: string; writeKey: string; apiKey: string };

/** The demo's access; seeds it on the first run, in a process of its own so that the supervisor stays awake. */
export async function seededDemo(home: string, ending: AbortSignal): Promise<DemoAccess | undefined> {
  const file = join(home, "demo.json");
  const kept = keptAccess(file);
  if (kept) return asItIsNow(kept);
  const child = spawn(process.execPath, ["scripts/run.mjs", "demo"], {
    env: environment({ NODE_ENV: "production", LOG_LEVEL: "error" }),
    stdio: ["ignore", "pipe", "pipe"],
    signal: ending,
  });
  let access: DemoAccess | undefined;
  let complaint = "";
  // Progress is plain lines; the last line is the access, as JSON.
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) access = JSON.parse(line);
    else say("demo", line);
  });
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const code = await new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  if (code !== 0) throw new Problem(`The demo could not be made: ${complaint.slice(-2_000)}`);
  // At once, not at the end of the start: the password is told only this time.
  if (access) writeFileSync(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  return access;
}

/** What an earlier start wrote; undefined where that is lost or damaged, and is then made anew. */
function keptAccess(file: string): DemoAccess | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { urls: _, ...access }: DemoAccess & { urls?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return access.user ? access : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    say("demo", `${file} is damaged: it is written anew, with a new password and new keys`);
    return undefined;
  }
}

/** A password that was replaced is told no more; a demo of an earlier version gets what it did not begin with. */
async function asItIsNow({ password, ...access }: DemoAccess): Promise<DemoAccess> {
  connect(config().DATABASE_URL, 1);
  try {
    if (isUuid(access.workspace)) await settleKept(access.workspace as WorkspaceId);
    return password !== undefined && (await hasFirstPassword(access.user)) ? { ...access, password } : access;
  } finally {
    await disconnect();
  }
}
