import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { until } from "@/tests/harness/until";
import { Role } from "./role";

const pauses: number[] = [];
vi.mock("node:timers/promises", async (original) => {
  const timers = await original<typeof import("node:timers/promises")>();
  const setTimeout = (ms: number) => {
    pauses.push(ms);
    return timers.setTimeout(ms);
  };
  return { ...timers, setTimeout };
});

let home: string;
let role: Role;
const said: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "role-"));
  said.length = 0;
  pauses.length = 0;
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
});
afterEach(async () => {
  await role.stop();
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

const at = (...names: string[]) => join(home, ...names);
/** Those that were started, by their numbers. */
const launched = (): number[] =>
  existsSync(at("launched")) ? readFileSync(at("launched"), "utf8").trim().split("\n").map(Number) : [];
/** A part that notes its start and then does as `then` says. */
function playing(then: string, isReady = true): Role {
  const program = `const fs = require("node:fs"); fs.appendFileSync("${at("launched")}", process.pid + "\\n"); ${then}`;
  role = new Role(
    { name: "part", args: ["-e", program], isReady: async () => isReady, says: "ready" },
    { pidFile: at("run", "part.json"), log: at("logs", "part.log") },
    2_000,
  );
  return role;
}
/** It lives until it is told to end by itself, once. */
const ENDS_WHEN_TOLD = () =>
  `setInterval(() => { if (fs.existsSync("${at("end")}")) { fs.rmSync("${at("end")}"); process.exit(7); } }, 20)`;
const end = () => writeFileSync(at("end"), "");

it("starts a part again whose log was taken away", async () => {
  await playing(ENDS_WHEN_TOLD()).start();
  await until(() => launched().length === 1);
  rmSync(at("logs"), { recursive: true });
  end();
  await until(() => launched().length === 2, { what: "the part again" });
  expect(existsSync(at("logs", "part.log"))).toBe(true);
});

it("starts a part again whose number cannot be noted, and says so", async () => {
  await playing(ENDS_WHEN_TOLD()).start();
  await until(() => launched().length === 1);
  mkdirSync(at("run", "part.json.new"));
  end();
  await until(() => launched().length === 2, { what: "the part again" });
  expect(said.join("\n")).toContain("could not be noted for the next start");
});

it("tries again when a part cannot be started, until it can", async () => {
  await playing(ENDS_WHEN_TOLD()).start();
  await until(() => launched().length === 1);
  rmSync(at("logs"), { recursive: true });
  writeFileSync(at("logs"), "a file where the folder was");
  end();
  await until(() => said.some((line) => line.includes("EEXIST")), { what: "a word of why" });
  expect(launched()).toHaveLength(1);
  rmSync(at("logs"));
  await until(() => launched().length === 2, { what: "the part again" });
});

it("starts nothing any more once it was stopped between two attempts", async () => {
  const started = playing("process.exit(1)", false).start();
  await until(() => pauses.includes(500), { what: "the pause after the first attempt" });
  await role.stop();
  await started;
  // Noted at the launch, before it can say anything itself.
  expect([existsSync(at("run", "part.json")), launched().length]).toEqual([false, 1]);
});
