import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { unusable } from "./unusable.mjs";

const folder = mkdtempSync(join(tmpdir(), "regulars-unusable-"));
afterAll(() => rmSync(folder, { recursive: true }));
const failing = (code: string) => Object.assign(new Error(code), { code, path: "/var/lib/regulars/run" });

it.each([
  ["EACCES", "another user's"],
  ["EPERM", "another user's"],
  ["EROFS", "nothing can be written"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk is full"],
])("says of %s where it is and what to do", (code, words) => {
  const told = unusable(failing(code));
  expect(told).toMatch(/^\/var\/lib\/regulars\/run /);
  expect(told).toContain(words);
});

it("says so of a file in a folder's place, however it is met", () => {
  const file = join(folder, "home");
  writeFileSync(file, "");
  for (const path of [file, join(file, "run")])
    try {
      mkdirSync(path);
      expect.unreachable();
    } catch (error) {
      expect(unusable(error)).toContain(`${path} cannot be reached: a file stands where a folder should be`);
    }
});

it("leaves other errors to tell of themselves", () => {
  for (const error of [
    failing("ENOENT"),
    new Error("EACCES"),
    Object.assign(new Error(), { code: "EACCES" }),
    "EACCES",
  ])
    expect(unusable(error)).toBeUndefined();
});
