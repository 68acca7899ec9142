import type { WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, isPoison } from "@/platform/db";
import { log } from "@/platform/log";
import { loadPlans } from "../journeys/plans";
import { type Account, accountOf } from "./account";
import { type Claimed, claim } from "./claim";
import { type Delivery, deliver } from "./deliver";
import { saveDeliveries } from "./outcome";
import { reconcile } from "./reconcile";
import { type Surroundings, surroundings } from "./scope-of";

/** Calls under way at once, per channel and worker: a claim takes no more than the free ones. */
const SLOTS: Record<ChannelKind, number> = { sms: 64, email: 64, push: 64 };
const RECONCILE_MS = 10_000;
/** As long as nobody calls the claims unknown. */
const HELD_MS = 60_000;
const SURROUNDINGS_MS = 5000;

/**
 * The conveyor of one channel: claims as many messages as it has free slots, renders and hands over each, writes outcomes in sets. `turn`
 * says whether anything is still going on; `drain` waits for the calls under way, so that a stopping worker leaves nothing in doubt.
 */
export class Pump {
  private readonly account: Account;
  private readonly flying = new Set<Promise<void>>();
  private landed: Delivery[] = [];
  private saving: Promise<void> | undefined;
  private around: { at: number; value: Surroundings } | undefined;
  private reconciledAt = -Infinity;

  constructor(
    private readonly workspace: WorkspaceId,
    private readonly channel: ChannelKind,
    private readonly claimer: string,
  ) {
    this.account = accountOf(channel);
  }

  async turn(): Promise<boolean> {
    if (performance.now() - this.reconciledAt > RECONCILE_MS) {
      this.reconciledAt = performance.now();
      await reconcile(this.workspace, this.channel, this.account);
    }
    const free = SLOTS[this.channel] - this.flying.size;
    if (free < SLOTS[this.channel] / 4) {
      await Promise.race(this.flying);
      return true;
    }
    const began = performance.now();
    const { took, claimed } = await claim(this.workspace, this.channel, free, this.claimer);
    if (claimed.length > 0) await this.launch(claimed, began);
    if (took > 0) return true;
    if (this.flying.size === 0) return false;
    await Promise.race(this.flying);
    return true;
  }

  async drain(): Promise<void> {
    while (this.flying.size > 0) await Promise.allSettled(this.flying);
  }

  private async launch(claimed: readonly Claimed[], began: number): Promise<void> {
    const around = await this.surroundings();
    const plans = await engine((tx) =>
      loadPlans(
        tx,
        this.workspace,
        claimed.flatMap((m) => (m.plan ? [m.plan] : [])),
      ),
    );
    for (const message of claimed) {
      const flight = deliver(
        this.workspace,
        this.channel,
        this.account,
        message,
        message.plan ? plans.get(message.plan) : undefined,
        around,
        began,
      )
        .then((delivery) => this.land(delivery))
        .catch((error: unknown) =>
          log("messages").error({ err: error, message: message.id }, "an outcome could not be written"),
        )
        .finally(() => this.flying.delete(flight));
      this.flying.add(flight);
    }
  }

  /** Outcomes are written together, as soon as the last write is through. A slot is free again only when its outcome is written. */
  private async land(delivery: Delivery): Promise<void> {
    this.landed.push(delivery);
    while (this.saving) {
      await this.saving;
      if (!this.landed.includes(delivery)) return;
    }
    const batch = this.landed;
    this.landed = [];
    this.saving = this.save(batch).finally(() => {
      this.saving = undefined;
    });
    await this.saving;
  }

  /** What became of a message is known only here until it is written: a database that is away is waited for, and one bad row stands alone. */
  private async save(batch: readonly Delivery[]): Promise<void> {
    const until = performance.now() + HELD_MS;
    for (let pause = 200; ; pause = Math.min(pause * 2, 5000)) {
      try {
        return await saveDeliveries(this.workspace, this.channel, this.account.name, this.claimer, batch);
      } catch (error) {
        if (isPoison(error) && batch.length > 1) {
          for (const one of batch) await this.save([one]);
          return;
        }
        if (isPoison(error) || performance.now() > until) throw error;
        await new Promise((done) => setTimeout(done, pause));
      }
    }
  }

  private async surroundings(): Promise<Surroundings> {
    if (!this.around || performance.now() - this.around.at > SURROUNDINGS_MS)
      this.around = { at: performance.now(), value: await surroundings(this.workspace) };
    return this.around.value;
  }
}
