import { mkdirSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { unpackChromium } from "./harness/chromium";
import {
  builtConsole,
  type Servers,
  startBundle,
  startDatabase,
  startWorkflowServer,
  stopServers,
} from "./harness/servers";

declare module "vitest" {
  export interface ProvidedContext extends Servers {}
}

/** Starts what the project's files need, once per run however many projects run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  mkdirSync(project.config.env.REGULARS_HOME ?? "", { recursive: true });
  const hasFlows = project.name === "flow" || project.name === "e2e";
  const [postgres, temporal, bundle] = await Promise.all([
    startDatabase(),
    hasFlows ? startWorkflowServer() : undefined,
    hasFlows ? startBundle() : undefined,
    ...(project.name === "e2e" ? [builtConsole(), unpackChromium()] : []),
  ]);
  project.provide("postgres", postgres);
  if (temporal) project.provide("temporal", temporal);
  if (bundle) project.provide("bundle", bundle);
  return stopServers;
}
