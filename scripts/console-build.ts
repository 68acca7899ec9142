import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "@/platform/config";
import { Problem } from "./embedded/problem";

const STAMP = ".next/regulars.json";
// What a page can import, and what decides how it is built.
const FOLDERS = ["app", "core", "services", "platform", "channels", "public"];
const FILES = [
  "next.config.js",
  "package.json",
  "package-lock.json",
  // The client that is generated from it is the same wherever it was generated.
  "prisma/schema.prisma",
  "tsconfig.json",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
];

/** Whether the built console is of these very sources. */
export function isConsoleBuilt(): boolean {
  return existsSync(".next/BUILD_ID") && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourcesHash();
}

/** Builds the console for production; `ending` stops the build. */
export async function buildConsole(ending?: AbortSignal): Promise<void> {
  const before = sourcesHash();
  let said = "";
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: environment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CI: "1" }),
      stdio: ["ignore", "pipe", "pipe"],
      signal: ending,
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Problem(`The console could not be built:\n${said.slice(-3_000)}`);
  writeFileSync(STAMP, before);
}

function sourcesHash(): string {
  const sum = createHash("sha256");
  for (const file of FILES) if (existsSync(file)) sum.update(file).update(readFileSync(file));
  for (const folder of FOLDERS) {
    if (!existsSync(folder)) continue;
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of names.map((entry) => join(entry.parentPath, entry.name)).sort())
      if (!/\.test\.tsx?$/.test(path)) sum.update(path).update(readFileSync(path));
  }
  return sum.digest("hex");
}
