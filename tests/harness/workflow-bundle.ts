import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

/** The workflows' code, bundled as the worker bundles it. */
export async function workflowBundle(): Promise<string> {
  const workflowsPath = fileURLToPath(new URL("../../workflows/index.ts", import.meta.url));
  return (await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger("ERROR") })).code;
}

/** Bundles into a file that every worker of a test run shares; returns its path. */
export async function writeWorkflowBundle(file: string): Promise<string> {
  const code = await workflowBundle();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  return file;
}
