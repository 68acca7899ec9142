import { expect, it } from "vitest";
import { notStarting } from "./not-starting";
import { isDamaged } from "./temporal";
import { isRecent } from "./temporal-binary";

const places = { folder: "/data/postgres", log: "/data/postgres.log" };

it("does not send whoever has a full disk to a backup", () => {
  const told = notStarting(
    places,
    [
      "2026-11-29 00:41:16 UTC [18666] LOG:  redo done at 0/1FFFDD8",
      '2026-11-29 00:41:16 UTC [18666] FATAL:  could not write to file "pg_wal/xlogtemp.18666": No space left on device',
      "2026-11-29 00:41:16 UTC [17969] LOG:  database system is shut down",
    ].join("\n"),
  );
  expect(told).toMatch(/does not start: .*could not write to file/);
  expect(told).toContain("The whole log is /data/postgres.log. The disk is full. Free some space and start again");
  expect(told).not.toContain("backup");
});

it("says what to do about a damaged folder, and the last lines where none says FATAL", () => {
  expect(notStarting(places, "PANIC:  could not locate a valid checkpoint record")).toMatch(
    /does not start: PANIC: .*valid checkpoint record[\s\S]*Restore the folder from a backup, or move it away/,
  );
  expect(notStarting(places, "something odd")).toContain("does not start: something odd");
});

it.each([
  [
    "failed starting server: failed creating namespaces: unable to create SQLite admin DB: file is not a database (26)",
    true,
  ],
  ["database disk image is malformed (11)", true],
  ["database or disk is full (13)", false],
  ["unknown flag: --sqlite-pragma", false],
  ["it did not answer within 90 s", false],
])("moves Temporal's file aside only for the file's own fault: %s", (reason, is) => {
  expect(isDamaged(reason)).toBe(is);
});

it.each([
  ["temporal version 1.9.1 (Server 1.32.0, UI 2.52.1)", true],
  ["temporal version 1.12.0 (Server 1.40.0)", true],
  ["temporal version 1.1.2 (Server 1.25.2, UI 2.31.2)", false],
  ["temporal version 0.13.2", false],
  ["temporal version 2.0.0", false],
  ["tctl version 1.18.0", false],
])("uses a Temporal that is on PATH only where it is recent: %s", (says, is) => {
  expect(isRecent(says)).toBe(is);
});
