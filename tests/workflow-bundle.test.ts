import { expect, it } from "vitest";
import { workflowBundle } from "./harness/workflow-bundle";

it("keeps zod, and all that does I/O, out of the workflow bundle", { timeout: 60_000 }, async () => {
  const code = await workflowBundle();
  const packages = new Set([...code.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(([, name]) => name));
  // The bundle names the modules it holds, or this test would see nothing.
  expect(packages).toContain("@temporalio/workflow");
  expect(packages).not.toContain("zod");
  expect([...packages].filter((name) => /^(pg|pino|luxon|libphonenumber-js|@prisma)/.test(name ?? ""))).toEqual([]);
  expect(Buffer.byteLength(code)).toBeLessThan(1_900_000);
});
