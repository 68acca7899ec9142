import { Client, Connection } from "@temporalio/client";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import type { Shop } from "@/tests/harness/shop";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { goldMembers } from "../rig/campaign";
import type { Installation, Role } from "../rig/installation";
import { median } from "../rig/quantile";
import type { Args } from "./activities";
import { PER_MEMBER_QUEUE } from "./queue";

const WARM_UP = 30;
/** Starts under way at once, so that the starting is not what is measured. */
const STARTS_AT_ONCE = 50;

/** The baseline: members through one workflow each, by regular activities, on the installation's own Temporal and Postgres. */
export class PerMember {
  private constructor(
    private readonly client: Client,
    private readonly connection: Connection,
    private readonly worker: Role,
    private readonly shop: Shop,
  ) {}

  /** Its worker up and warm. */
  static async start(here: Installation): Promise<PerMember> {
    const connection = await Connection.connect({ address: here.temporalAddress });
    const client = new Client({ connection });
    const worker = await here.role("bench/per-member/worker.ts", async () => {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace: "default",
        taskQueue: { name: PER_MEMBER_QUEUE },
        taskQueueType: 1,
      });
      return (pollers?.length ?? 0) > 0;
    });
    const own = new PerMember(client, connection, worker, await shop());
    await own.burst(WARM_UP);
    return own;
  }

  /** Members a second, from the first start to the last message in the queue. */
  async burst(count: number): Promise<number> {
    const ids = await goldMembers(this.shop, count);
    const before = await this.messages();
    const began = performance.now();
    const open = [...ids];
    await Promise.all(
      Array.from({ length: STARTS_AT_ONCE }, async () => {
        for (let id = open.pop(); id; id = open.pop()) await this.enter(id);
      }),
    );
    await until(async () => (await this.messages()) === before + count, {
      deadline: 600_000,
      every: 20,
      what: "every member's message",
    });
    return count / ((performance.now() - began) / 1000);
  }

  /** Milliseconds from the start of one member's workflow to the commit of its last effect, with nothing else going on: the median. */
  async alone(count: number): Promise<number> {
    const times: number[] = [];
    for (const id of await goldMembers(this.shop, count)) {
      const began = Date.now();
      await this.enter(id);
      const { workspace } = this.shop;
      times.push(
        (await until(
          async () =>
            (
              await peek<{ at: number }>(sql`
            SELECT (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS at FROM message WHERE workspace_id = ${workspace} AND member_id = ${id}`)
            )[0]?.at,
          { what: "the member's message" },
        )) - began,
      );
    }
    return median(times);
  }

  /** The parked workflows stay with Temporal, as they would. */
  async stop(): Promise<void> {
    await this.worker.stop();
    await this.connection.close();
  }

  private async enter(member: MemberId): Promise<void> {
    const { workspace, offer } = this.shop;
    const args: Args = { workspace, member, offer };
    await this.client.workflow.start("member", {
      taskQueue: PER_MEMBER_QUEUE,
      workflowId: `member/${member}`,
      args: [args],
    });
  }

  private async messages(): Promise<number> {
    const [row] = await peek<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${this.shop.workspace}`,
    );
    return row?.n ?? 0;
  }
}
