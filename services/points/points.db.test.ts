import { describe, expect, it } from "vitest";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { engine, sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { addPoints } from "./add";
import { getPoints } from "./balance";
import { earnPoints } from "./earn-points";
import { expirePoints } from "./expire";
import { mergePoints } from "./merge";
import { spendPoints } from "./spend";
import { listPointsEntries } from "./statement";
import { usePoints } from "./use-points";
import { verifyPoints } from "./verify";

await database({ max: 24 });
const zone = "Asia/Shanghai";
const now = new Date("2026-11-22T04:00:00Z");

async function members(workspace: WorkspaceId, count: number): Promise<[MemberId, ...MemberId[]]> {
  const ids = Array.from({ length: count }, () => newId<MemberId>());
  await engine((tx) =>
    tx.run(sql`INSERT INTO member (workspace_id, id) SELECT ${workspace}, id FROM unnest(${ids}::uuid[]) AS m (id)`),
  );
  return ids as [MemberId, ...MemberId[]];
}
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

describe("the points ledger", () => {
  it("books several grants of one member in order, and shows the balance straight after", async () => {
    const { workspace, actor } = await shop();
    const [a, b] = await members(workspace, 2);
    const added = await write(workspace, (tx) =>
      addPoints(
        tx,
        workspace,
        [
          { member: a, points: 100, reason: "big order" },
          { member: b as MemberId, points: 7, reason: "x" },
          { member: a, points: 50, reason: "birthday" },
        ],
        now,
        zone,
      ),
    );
    expect(added).toEqual([
      { ok: true, balance: 100 },
      { ok: true, balance: 7 },
      { ok: true, balance: 150 },
    ]);
    expect(value(await call(getPoints, actor(), { member: a }, { now }))).toEqual({
      member: a,
      balance: 150,
      expiring: [{ points: 150, lastDay: "2027-11-22" }],
    });
  });

  it("loses none of 50 additions that come at once, and the chain holds", async () => {
    const { workspace, actor } = await shop();
    const [a] = await members(workspace, 1);
    await Promise.all(
      Array.from({ length: 50 }, () => call(earnPoints, actor(), { member: a, points: 2, reason: "visit" })),
    );
    expect(value(await call(getPoints, actor(), { member: a }))).toMatchObject({ balance: 100 });
    expect(value(await call(verifyPoints, actor(), {}))).toEqual({
      accounts: 1,
      entries: 50,
      findings: [],
      next: null,
    });
  });

  it("is found whole by whoever verifies it while points are earned", async () => {
    const { workspace, actor } = await shop();
    const all = await members(workspace, 5);
    let isOver = false;
    const earning = Promise.all(
      all.map(async (member) => {
        for (let i = 0; i < 20; i++) await call(earnPoints, actor(), { member, points: 2, reason: "visit" });
      }),
    ).finally(() => {
      isOver = true;
    });
    const findings: unknown[] = [];
    while (!isOver) findings.push(...value(await call(verifyPoints, actor(), {})).findings);
    await earning;
    expect(findings).toEqual([]);
    const [, second] = [...all].sort();
    expect(value(await call(verifyPoints, actor(), { after: second }))).toMatchObject({ accounts: 3, next: null });
  });

  it("lets 20 spendings at once take no more than there is", async () => {
    const { workspace, actor } = await shop();
    const [a] = await members(workspace, 1);
    await call(earnPoints, actor(), { member: a, points: 100, reason: "start" });
    const spent = await Promise.all(
      Array.from({ length: 20 }, () => call(usePoints, actor(), { member: a, points: 30, reason: "cash-off" })),
    );
    expect(spent.filter((one) => one.ok)).toHaveLength(3);
    expect(spent.filter((one) => !one.ok && one.reason === "not_enough_points")).toHaveLength(17);
    expect(value(await call(getPoints, actor(), { member: a }))).toMatchObject({ balance: 10 });
  });

  it("does not count points past their last day, before and after they are written off", async () => {
    const { workspace, actor } = await shop();
    const [a] = await members(workspace, 1);
    await write(workspace, (tx) => addPoints(tx, workspace, [{ member: a, points: 100, reason: "old" }], now, zone));
    const lastSecond = new Date("2027-11-22T15:59:59Z");
    const after = new Date("2027-11-22T16:00:00Z");
    expect(value(await call(getPoints, actor(), { member: a }, { now: lastSecond })).balance).toBe(100);
    expect(value(await call(getPoints, actor(), { member: a }, { now: after })).balance).toBe(0);
    expect(
      await write(workspace, (tx) =>
        spendPoints(tx, workspace, [{ member: a, points: 1, reason: "late" }], after, zone),
      ),
    ).toEqual([{ ok: false, reason: "not_enough_points", balance: 0 }]);
    expect(await write(workspace, (tx) => expirePoints(tx, workspace, after, zone))).toBe(0);
    expect(value(await call(getPoints, actor(), { member: a }, { now: after })).balance).toBe(0);
    expect(
      value(await call(listPointsEntries, actor(), { member: a })).items.map(({ kind, points, balance }) => [
        kind,
        points,
        balance,
      ]),
    ).toEqual([
      ["expire", -100, 0],
      ["earn", 100, 100],
    ]);
    expect(value(await call(verifyPoints, actor(), { member: a })).findings).toEqual([]);
  });

  it("keeps both sums when two members merge, a debt being paid from the other's points", async () => {
    const { workspace, actor } = await shop();
    const [a, b] = (await members(workspace, 2)) as [MemberId, MemberId];
    await write(workspace, (tx) =>
      addPoints(
        tx,
        workspace,
        [
          { member: a, points: 100, reason: "x" },
          { member: b, points: 40, reason: "x" },
        ],
        now,
        zone,
      ),
    );
    await write(workspace, (tx) => mergePoints(tx, workspace, a, b, now));
    expect(value(await call(getPoints, actor(), { member: b }, { now }))).toMatchObject({
      balance: 140,
      expiring: [{ points: 140, lastDay: "2027-11-22" }],
    });
    expect(value(await call(getPoints, actor(), { member: a }, { now })).balance).toBe(0);
    expect(value(await call(verifyPoints, actor(), {})).findings).toEqual([]);
  });

  it.each<[string, (workspace: WorkspaceId, member: MemberId) => ReturnType<typeof sql>, object]>([
    [
      "a changed amount",
      (w, m) =>
        sql`UPDATE points_entry SET points = points + 1 WHERE workspace_id = ${w} AND member_id = ${m} AND sequence = 2`,
      { sequence: 2, what: "a line was changed" },
    ],
    [
      "a removed line",
      (w, m) => sql`DELETE FROM points_entry WHERE workspace_id = ${w} AND member_id = ${m} AND sequence = 2`,
      { sequence: 2, what: "a line is missing" },
    ],
    [
      "a cut end",
      (w, m) => sql`DELETE FROM points_entry WHERE workspace_id = ${w} AND member_id = ${m} AND sequence = 3`,
      { sequence: 3, what: "lines were cut off, or the account was changed" },
    ],
    [
      "a raised balance",
      (w, m) => sql`UPDATE points_account SET balance = balance + 1 WHERE workspace_id = ${w} AND member_id = ${m}`,
      { sequence: 4, what: "the account's balance was changed" },
    ],
    [
      "a refilled lot",
      (w, m) =>
        sql`UPDATE points_lot SET remaining = 5 WHERE workspace_id = ${w} AND member_id = ${m} AND remaining = 3`,
      { sequence: 4, what: "the lots do not add up to the balance" },
    ],
  ])("shows %s", async (_, tamper, found) => {
    const { workspace, actor } = await shop();
    const [a] = await members(workspace, 1);
    await write(workspace, (tx) =>
      addPoints(
        tx,
        workspace,
        [
          { member: a, points: 10, reason: "x" },
          { member: a, points: 10, reason: "x" },
        ],
        now,
        zone,
      ),
    );
    await write(workspace, (tx) => spendPoints(tx, workspace, [{ member: a, points: 7, reason: "y" }], now, zone));
    expect(value(await call(verifyPoints, actor(), {})).findings).toEqual([]);
    expect(await engine((tx) => tx.run(tamper(workspace, a)))).toBe(1);
    expect(value(await call(verifyPoints, actor(), {})).findings).toEqual([{ member: a, ...found }]);
  });
});
