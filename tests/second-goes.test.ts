import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "regulars-second-goes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TESTS = `
  let drawers = 0;
  describe("a till", () => {
    it("opens", () => expect(++drawers, "drawers that opened").toBe(2));
    it("closes", () => {});
    it("prints", () => expect("nothing").toBe("a receipt"));
  });
`;

/** What a run of them prints in which each has a second go. */
function printed(): string {
  writeFileSync(join(folder, "till.test.js"), TESTS);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = [join(root, "tests/second-goes.ts"), "default"].map((name) => `--reporter=${name}`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", folder, "--globals", "--retry=1", ...reporters],
    // Without what the runner of this very test tells its workers.
    { encoding: "utf8", env: { NODE_ENV: "test", PATH: process.env.PATH, NO_COLOR: "1" }, cwd: root },
  );
  return stdout + stderr;
}

describe("a run with second goes", () => {
  const said = printed();

  it("lists the test that passed only at its second go, with its first error", () => {
    expect(said).toMatch(/PASSED ONLY AT THE SECOND GO: 1 test,/);
    expect(said).toMatch(/till\.test\.js > a till > opens\n +drawers that opened: expected 1 to be 2/);
  });

  it("does not list what passed at once or failed twice, and counts both", () => {
    expect(said).not.toMatch(/^ till\.test\.js > a till > (closes|prints)/m);
    expect(said).toMatch(/Tests +1 failed \| 2 passed \(3\)/);
  });
});
