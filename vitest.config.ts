import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));
const room = "{core,platform,services,activities,workflows,channels,sandbox,worker,api,app,scripts,tests,prisma,bench}";
// In CI a race must not undo a landing: such a test has a second go, and is listed at the end. Pure tests know no races.
const retry = process.env.CI ? 1 : 0;
const needsServers = ["db", "flow", "e2e"].map((suffix) => `**/*.${suffix}.test.{ts,tsx}`);

/** Short files that take long. Whatever comes last on one of two processors leaves the other with nothing to do. */
const LONG = [
  "tests/architecture.test.ts",
  "core/simulate/any-journey.test.ts",
  "tests/e2e/pages.e2e.test.ts",
  "scripts/start.e2e.test.ts",
  "tests/e2e/recipes.e2e.test.ts",
  "tests/e2e/inspectors.e2e.test.ts",
].map((file) => `${root}${file}`);

/** The usual order, longest files first, but for what a file's length does not tell. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.includes(moduleId);
    return [...usual.filter(isLong), ...usual.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // Tests never touch the installation of whoever runs them.
    env: {
      REGULARS_HOME: join(tmpdir(), `regulars-test-${process.pid}`, "home"),
      REGULARS_SECRET: "a secret for tests, the same for all of them",
      DATABASE_URL: "",
      TEMPORAL_ADDRESS: "",
      LOG_LEVEL: "silent",
      TZ: "UTC",
    },
    watch: false,
    sequence: { sequencer: LongestFirst },
    // The count comes last.
    reporters: ["./tests/second-goes.ts", "default"],
    // A second, as it is by default, is nothing on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    // The rest of a small machine is Postgres', Temporal's and the browser's.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: [`${room}/**/*.test.{ts,tsx}`],
          exclude: [...needsServers, "**/node_modules/**"],
          pool: "forks",
          // Nothing to keep apart: a fresh process a file took half of their time to load the same modules again.
          isolate: false,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          retry,
          include: [`${room}/**/*.db.test.ts`],
          globalSetup: ["tests/global-setup.ts"],
          pool: "forks",
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "flow",
          retry,
          include: [`${room}/**/*.flow.test.ts`],
          globalSetup: ["tests/global-setup.ts"],
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          retry,
          include: [`${room}/**/*.e2e.test.ts`],
          globalSetup: ["tests/global-setup.ts"],
          pool: "forks",
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
