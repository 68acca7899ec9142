import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const rooms = "activities,api,app,bench,channels,core,platform,prisma,sandbox,scripts,services,tests,worker,workflows";
type Cruise = {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};

it("keeps every arrow pointing down, without circles", { timeout: 400_000 }, async ({ signal }) => {
  const cli = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  const args = [cli, "--config", ".dependency-cruiser.cjs", "--output-type", "json", `{${rooms}}/**/*.{ts,tsx}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28, signal }).catch(
    // It exits with the number of violations; the answer is in its output all the same.
    (error: { stdout: string }) => error,
  );
  const { modules, summary }: Cruise = JSON.parse(stdout);
  const ours = modules.filter(({ source }) => !source.includes("node_modules"));
  // A cruiser that sees nothing finds nothing wrong.
  expect(ours.length).toBeGreaterThan(300);
  for (const room of ["core", "services", "workflows", "app"])
    expect(ours.filter(({ source }) => source.startsWith(`${room}/`)).length, room).toBeGreaterThan(2);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});
