import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packed } from "./pack.mjs";

const ENTRY = "worker/main.ts";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-pack-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("is made once, and anew when one of its sources is another", { timeout: 60_000 }, async () => {
  const program = await packed(ENTRY, folder);
  expect(program).toBe(join(folder, "worker-main.mjs"));
  const made = await readFile(String(program), "utf8");
  const { mtimeMs } = await stat(String(program));
  expect(await packed(ENTRY, folder)).toBe(program);
  expect((await stat(String(program))).mtimeMs).toBe(mtimeMs);

  const older = made.replace(/"core\/plan\/conductor.ts":"[^"]+"/, '"core/plan/conductor.ts":"of yesterday"');
  expect(older.length).not.toBe(made.length);
  await writeFile(String(program), `the program of yesterday${older}`);
  await packed(ENTRY, folder);
  expect((await readFile(String(program), "utf8")) === made).toBe(true);
});

it("tells a source where it lies", { timeout: 60_000 }, async () => {
  const text = await readFile(String(await packed(ENTRY, folder)), "utf8");
  expect(
    text.includes(`new URL("../workflows/index.ts", "${pathToFileURL(resolve("worker/temporal-worker.ts")).href}")`),
  ).toBe(true);
});

it("is not made of what is not there or broken, nor where it cannot be kept", { timeout: 60_000 }, async () => {
  expect(await packed("worker/nothing.ts", folder)).toBeUndefined();
  const file = join(folder, "a file");
  await writeFile(file, "");
  expect(await packed(ENTRY, join(file, "dist"))).toBeUndefined();
});
