import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Bundles the workflows as the worker does and writes the file; returns its path. */
export async function writeWorkflowBundle(file: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: `${root}/workflows/index.ts`,
    logger: new DefaultLogger("ERROR"),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, alias: { ...config.resolve?.alias, "@": root } } }),
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  return file;
}
