import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Makes up a year of history. */
const DEMO = "services/demo/";

it("decides by the database's clock: no service asks this machine's for a date", () => {
  const files = ["activities", "services"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !/\.test\.|harness/.test(name))
      .map((name) => `${room}/${name}`),
  );
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.filter(
    (file) => !file.startsWith(DEMO) && readFileSync(join(root, file), "utf8").includes("new Date()"),
  );
  expect(wrong).toEqual([]);
});
