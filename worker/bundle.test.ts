import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keptBundle } from "./bundle";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-bundle-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("is made once, and found by every later start of the same code", { timeout: 60_000 }, async () => {
  const made = await keptBundle(join(folder, "cache"));
  const [file, ...others] = await readdir(join(folder, "cache"));
  expect(others).toEqual([]);
  expect("code" in made && made.code.length).toBeGreaterThan(100_000);
  const again = await keptBundle(join(folder, "cache"));
  expect("code" in again && again.code).toBe("code" in made && made.code);
  await writeFile(join(folder, "cache", "workflows-of-an-older-code.js"), "");
  await rm(join(folder, "cache", file ?? ""));
  await keptBundle(join(folder, "cache"));
  expect(await readdir(join(folder, "cache"))).toEqual([file]);
  await writeFile(join(folder, "cache", file ?? ""), "as it was kept");
  expect(await keptBundle(join(folder, "cache"))).toEqual({ code: "as it was kept" });
});

it("is made all the same where it cannot be kept", { timeout: 60_000 }, async () => {
  const taken = join(folder, "a file");
  await writeFile(taken, "");
  const made = await keptBundle(join(taken, "cache"));
  expect("code" in made && made.code.length).toBeGreaterThan(100_000);
});
