import { spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { until } from "@/tests/harness/until";
import { endOf, shorten, tailOf } from "./log-file";

const folder = mkdtempSync(join(tmpdir(), "regulars-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("puts a long log aside while a process writes to it, and the process goes on in the emptied one", async () => {
  const file = join(folder, "worker.log");
  const out = openSync(file, "a");
  const child = spawn(process.execPath, ["-e", "setInterval(() => console.log('x'.repeat(1000)), 5)"], {
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  try {
    await until(() => statSync(file).size > 20_000);
    shorten(folder, 20_000);
    expect(statSync(`${file}.1`).size).toBeGreaterThan(20_000);
    const begun = statSync(file).size;
    expect(begun).toBeLessThan(20_000);
    await until(() => statSync(file).size > begun);
    // At its new end, not behind a hole where the old one was.
    expect(readFileSync(file, "utf8").startsWith("x")).toBe(true);
  } finally {
    child.kill("SIGKILL");
  }
});

it("leaves short logs and what is no log", () => {
  writeFileSync(join(folder, "api.log"), "short");
  writeFileSync(join(folder, "demo.json"), "x".repeat(30_000));
  shorten(folder, 20_000);
  expect(readFileSync(join(folder, "api.log"), "utf8")).toBe("short");
  expect(statSync(join(folder, "demo.json")).size).toBe(30_000);
});

it("reads the end of what was said since, however long the log is", () => {
  const file = join(folder, "temporal.log");
  expect(endOf(file)).toBe(0);
  writeFileSync(file, `${"before\n".repeat(20_000)}`);
  const from = endOf(file);
  appendFileSync(file, "since\n");
  expect(tailOf(file, from)).toBe("since");
  expect(tailOf(file, 0).length).toBeLessThan(70_000);
  writeFileSync(file, "anew\n");
  expect(tailOf(file, from)).toBe("anew");
});
