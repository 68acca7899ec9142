import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { describe, expect, inject, it } from "vitest";
import { fromJson } from "./history";

Runtime.install({ logger: new DefaultLogger("ERROR") });
const folder = fileURLToPath(new URL(".", import.meta.url));
const recorded = readdirSync(folder).filter((file) => file.endsWith(".json"));
const workflowBundle = { codePath: inject("bundle") };

const read = (file: string): string => readFileSync(`${folder}${file}`, "utf8");

async function replay(text: string, workflowId: string): Promise<Error | undefined> {
  const results = Worker.runReplayHistories({ workflowBundle }, [
    { workflowId, history: fromJson(JSON.parse(text) as Record<string, unknown>) },
  ]);
  for await (const { error } of results) if (error) return error;
  return undefined;
}

describe("histories recorded from the product, some by older code", () => {
  it.each(recorded)("%s is replayed to its end by this code", async (file) => {
    expect(await replay(read(file), file)).toBeUndefined();
  });

  it("stand for every type of workflow", () => {
    const types = [
      ...readFileSync(new URL("../../workflows/index.ts", import.meta.url), "utf8").matchAll(/export \{([^}]*)\}/g),
    ]
      .flatMap(([, names]) => names?.split(",").map((name) => name.replace(/ as .*/, "").trim()) ?? [])
      .filter((name) => name !== "");
    const kept = new Set(recorded.map((file) => file.replace(/(-.*)?\.json$/, "")));
    expect(types.filter((type) => !kept.has(type))).toEqual([]);
  });

  it("are refused when a workflow would now do something else", async () => {
    const changed = read("journey.json").replaceAll(/"name":\s*"conduct"/g, '"name":"conductOtherwise"');
    expect(changed).not.toBe(read("journey.json"));
    expect(String(await replay(changed, "changed"))).toMatch(/Nondeterminism|DeterminismViolation/);
  });
});
