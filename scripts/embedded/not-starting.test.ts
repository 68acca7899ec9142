import { expect, it } from "vitest";
import { notStarting } from "./not-starting";

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
