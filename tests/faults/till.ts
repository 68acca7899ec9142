import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "@/core/hash";
import { peek, sql } from "@/platform/db";
import type { Shop } from "../harness/shop";
import { WAIT_MS } from "./customers";
import { atLeast, count, type Finding, is } from "./findings";
import type { World } from "./world";

const AT_ONCE = 10;
const EVERY_MS = 200;
const AMOUNT = 20_000;

/**
 * A nervous cashier: about half of the coupons are redeemed through the API, each asked for twice under one key and once more by a neighbour
 * under another, all at once. Whoever gets no answer asks again under the same key.
 */
export class Till {
  /** By code: its redemptions, and when the cashier knew of the first. */
  private readonly confirmed = new Map<string, { ids: Set<string>; at: number }>();
  private readonly odd: string[] = [];
  private isOpen = true;
  private readonly working: Promise<void>;

  constructor(
    private readonly world: World,
    private readonly shop: Shop,
  ) {
    this.working = this.work();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.working;
  }

  /** The ledger is an earlier one: whoever was told "redeemed" since asks again, under the same keys. */
  askAgain(): void {
    this.confirmed.clear();
  }

  private async work(): Promise<void> {
    while (this.isOpen) {
      await pause(EVERY_MS);
      const codes = await peek<{ code: string }>(
        sql`SELECT code FROM coupon WHERE workspace_id = ${this.shop.workspace} ORDER BY issued_at DESC LIMIT 400`,
      ).catch(() => []);
      const wanted = codes.filter(({ code }) => chanceOf("till", code) < 0.5 && !this.confirmed.has(code));
      await Promise.all(wanted.slice(0, AT_ONCE).map(({ code }) => this.redeem(code)));
    }
  }

  private async redeem(code: string): Promise<void> {
    const answers = await Promise.all(["till", "till", "neighbour"].map((who) => this.confirm(code, `${who}-${code}`)));
    const ids = answers.flatMap((id) => id ?? []);
    if (ids.length > 0) this.confirmed.set(code, { ids: new Set(ids), at: Date.now() });
  }

  /** The redemption's id; undefined when it was refused as used, or not answered. */
  private async confirm(code: string, key: string): Promise<string | undefined> {
    try {
      const answer = await fetch(`${this.world.apiUrl}/api/v1/redemptions/confirm`, {
        method: "POST",
        body: JSON.stringify({ code, amount: AMOUNT }),
        signal: AbortSignal.timeout(5000),
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${this.shop.apiKey}`,
          "idempotency-key": key,
        },
      });
      const body: { id?: string } = (await answer.json()) as never;
      if (answer.status === 200) return body.id;
      if (answer.status !== 409 && answer.status !== 429 && answer.status < 500)
        this.odd.push(`${answer.status} ${JSON.stringify(body)}`);
    } catch {
      // Nobody answers: the code stays wanted.
    }
    return undefined;
  }

  /** `least`: so many coupons at least were to be redeemed, or the procedure has shown nothing. */
  async findings(least: number): Promise<Finding[]> {
    const { workspace } = this.shop;
    const ids = [...this.confirmed.values()].flatMap((one) => [...one.ids]);
    const inTime = await this.timedOut();
    return [
      is("the till was never told that it asked wrongly", this.odd[0] ?? "", ""),
      is(
        "a code was confirmed by one redemption",
        [...this.confirmed.values()].filter((one) => one.ids.size > 1).length,
        0,
      ),
      is(
        "each confirmed redemption is in the ledger",
        await count(
          sql`SELECT count(*) AS n FROM redemption WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
        ),
        ids.length,
      ),
      atLeast("coupons were redeemed", this.confirmed.size, least),
      is(
        "each redeemed coupon once",
        await count(
          sql`SELECT count(*) AS n FROM (SELECT coupon_id FROM redemption WHERE workspace_id = ${workspace} GROUP BY coupon_id HAVING count(*) > 1) d`,
        ),
        0,
      ),
      is(
        "a coupon that the cashier knew redeemed in time has won its wait",
        inTime.filter(({ code, due }) => (this.confirmed.get(code)?.at ?? Number.POSITIVE_INFINITY) < due).length,
        0,
      ),
      is(
        "members are tagged when their coupon was redeemed in time",
        await count(
          sql`SELECT count(*) AS n FROM member_tag WHERE workspace_id = ${workspace} AND tag = 'coupon user'`,
        ),
        await count(
          sql`SELECT count(*) AS n FROM journal WHERE workspace_id = ${workspace} AND step = 'wait.start' AND port = 'happened'`,
        ),
      ),
    ];
  }

  /**
   * Coupons redeemed before their wait's end by the redemption's own instant, whose wait ran out all the same. Where a transaction stood for
   * seconds that instant is long before its commit, and nobody could know of it: what counts is what the cashier had been told.
   */
  private timedOut(): Promise<{ code: string; due: number }[]> {
    return peek(sql`
      SELECT c.code, (extract(epoch FROM parked.at) * 1000)::float8 + ${WAIT_MS}::float8 AS due
      FROM redemption r JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id
      JOIN journal parked ON parked.workspace_id = c.workspace_id AND parked.run_id = c.run_id AND parked.step = 'mail.start'
      JOIN journal left_by ON left_by.workspace_id = c.workspace_id AND left_by.run_id = c.run_id AND left_by.step = 'wait.start'
      WHERE r.workspace_id = ${this.shop.workspace} AND left_by.port = 'timeout' AND r.at < parked.at + ${WAIT_MS} * interval '1 millisecond'`);
  }

  get says(): string {
    return `${this.confirmed.size} coupons redeemed`;
  }
}
