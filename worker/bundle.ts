import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WorkerOptions } from "@temporalio/worker";
import { log } from "@/platform/log";
import { bundle } from "./temporal-worker";

const at = (folder: string): string => fileURLToPath(new URL(`../${folder}`, import.meta.url));

/**
 * The workflows' bundle, kept in a folder from start to start: making it is a third of the time that a worker needs until it works again. Made
 * anew when the workflows, what they import, or the SDK changed. A folder that cannot be written costs only the time.
 */
export async function keptBundle(folder: string): Promise<NonNullable<WorkerOptions["workflowBundle"]>> {
  const path = join(folder, `workflows-${await hashOf([at("workflows"), at("core")])}.js`);
  const code = await readFile(path, "utf8").catch(() => undefined);
  if (code !== undefined) return { code };
  const made = await bundle();
  try {
    await mkdir(folder, { recursive: true });
    for (const old of await readdir(folder))
      if (old.startsWith("workflows-")) await rm(join(folder, old), { force: true });
    // Whole or not there: another worker may be starting too.
    await writeFile(`${path}.${process.pid}`, made.code);
    await rename(`${path}.${process.pid}`, path);
  } catch (error) {
    log("worker").warn({ err: error, folder }, "the workflows' bundle could not be kept; each start makes it anew");
  }
  return made;
}

async function hashOf(folders: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  const { version } = createRequire(import.meta.url)("@temporalio/worker/package.json") as { version: string };
  hash.update(version);
  for (const folder of folders)
    for (const file of (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts")).sort())
      hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest("hex").slice(0, 32);
}
