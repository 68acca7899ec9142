import type { MessageId, WorkspaceId } from "@/core/ids";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { type Circuit, CLOSED, PROBES, stateOf } from "@/core/policy/breaker";
import { instantMs } from "@/platform/clock";
import { engine, isPoison } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { newId } from "@/platform/ids";
import { log } from "@/platform/log";
import { counter } from "@/platform/metrics";
import { loadFor } from "../content/render";
import { type Surroundings, surroundings } from "../content/scope-of";
import { RESUMED_AT_ONCE, releaseResumed } from "../gate/queue-looks";
import { isAgainst, noteCalls, readCircuits } from "../providers/circuits";
import { returnCalls, takeCalls } from "../providers/rate";
import type { Account } from "./account";
import { claim, type PartsOf } from "./claim";
import { type Delivery, handOver, type Prepared, prepare, STOPPED, wordsOf } from "./deliver";
import { beginCalls, saveDeliveries } from "./outcome";
import { putBackOwn } from "./put-back";
import { askRecords, settleClaims } from "./reconcile";
import { slotsOf } from "./slots";

const deliveries = counter(
  "deliveries_total",
  "Calls to providers by outcome: accepted, unknown, refused (tried again later), failed (for good), released (not begun in time)",
  { channel: CHANNELS, outcome: ["accepted", "unknown", "refused", "failed", "released"] },
);
const RECONCILE_MS = 10_000;
/** Between two looks at an empty queue while records are asked. */
const ASKING_MS = 250;
/** As long as nobody calls the claims unknown. */
const HELD_MS = 60_000;
const SURROUNDINGS_MS = 5000;
/** How old what this worker knows of the circuits may be. */
const CIRCUITS_MS = 500;
/** Between two looks at an empty queue while calls are under way. */
const LULL_MS = 8;
/** Held messages whose time has come are looked for this often; a sleeping sender wakes by its own clock. */
const RELEASE_MS = 200;
/** As long as a turn waits for slots that other queues of the same account hold. */
const SLOTS_WAIT_MS = 250;
/** Where the rate allows no call now: a tenth of a second is the shortest turn it gives. */
const RATE_PAUSE_MS = 100;

/**
 * The conveyor of one channel: claims as many messages as its account has free slots, renders and hands over each, writes outcomes in sets.
 * `turn` says whether anything is still going on; `drain` waits for the calls under way, so that a stopping worker leaves nothing in doubt.
 */
export class Pump {
  /** Its claims are told from those of every other pump by this name. */
  private readonly claimer: string;
  private readonly flying = new Map<Promise<void>, AbortController>();
  /** Calls that began and whose outcome is not written. */
  private readonly begun = new Set<MessageId>();
  /** A turn failed: claims may stand that nobody here knows of. */
  private isBroken = false;
  private landed: { account: Account; delivery: Delivery }[] = [];
  private saving: Promise<void> | undefined;
  private around: { at: number; value: Surroundings } | undefined;
  private circuits = { at: -Infinity, of: new Map<string, Circuit>() };
  /** Calls under way, by account. */
  private readonly calling = new Map<string, number>();
  private asking: Promise<void> | undefined;
  private isStopping = false;
  private reconciledAt = -Infinity;
  private releasedAt = -Infinity;

  constructor(
    private readonly workspace: WorkspaceId,
    private readonly channel: ChannelKind,
    worker: string,
    private readonly accounts: readonly Account[],
  ) {
    this.claimer = `${worker}/${newId()}`;
  }

  async turn(): Promise<boolean> {
    await this.lookAfter();
    // Of before the look at the queue: what the records give back after it is found by another look.
    const { asking } = this;
    const use = await this.choose();
    if (use && (await this.work(use))) return true;
    if (this.flying.size === 0) {
      if (!asking) return false;
      await Promise.race([asking, new Promise((done) => setTimeout(done, ASKING_MS))]);
      return true;
    }
    // The queue was empty a moment ago: each landing would be a reason to look again, and most of those looks find nothing.
    await Promise.race([Promise.allSettled(this.flying.keys()), new Promise((done) => setTimeout(done, LULL_MS))]);
    return true;
  }

  /**
   * Puts back what was claimed and not begun, then waits for the calls under way, and for the records that are asked; those that take longer than
   * `graceMs` are cut, and are in doubt from then on if they had left. A question to the records is left alone then: it is asked again elsewhere.
   */
  async drain(graceMs?: number): Promise<void> {
    if (this.isBroken)
      await this.putBack().catch((error: unknown) =>
        log("messages").error({ err: error }, "what was claimed and not begun could not be put back"),
      );
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      if (graceMs === undefined) return;
      this.isStopping = true;
      timer = setTimeout(() => {
        for (const stop of this.flying.values()) stop.abort(STOPPED);
        resolve();
      }, graceMs);
    });
    while (this.flying.size > 0) await Promise.allSettled(this.flying.keys());
    await Promise.race([this.asking, over]);
    clearTimeout(timer);
  }

  /** Claims and launches what the account has slots for. False when the queue was empty. */
  private async work({ account, most }: { account: Account; most: number }): Promise<boolean> {
    const slots = slotsOf(account);
    let granted = await slots.take(SLOTS_WAIT_MS);
    if (granted === 0) return true;
    try {
      const allowed = await this.allowed(account, Math.min(granted, most));
      if (allowed === 0) {
        await new Promise((done) => setTimeout(done, RATE_PAUSE_MS));
        return true;
      }
      await loadFor(this.channel);
      const began = performance.now();
      const around = await this.surroundings();
      const { took, claimed } = await claim(
        this.workspace,
        this.channel,
        allowed,
        { worker: this.claimer, provider: account.name, isDemo: account.isDemo ?? false },
        { partsOf: this.partsOf(around), releases: this.releases() },
      );
      let unused = allowed;
      if (claimed.length > 0) {
        faultPoint("message-claimed");
        const prepared = await Promise.all(claimed.map((message) => prepare(this.channel, message, around)));
        const begun = await this.begin(prepared);
        faultPoint("calls-noted");
        for (const one of begun) {
          granted -= 1;
          unused -= 1;
          this.fly(account, one, began, () => slots.give(1));
        }
      }
      if (account.perSecond !== null) await returnCalls(account.name, account.perSecond, unused);
      return took > 0;
    } catch (error) {
      this.isBroken = true;
      throw error;
    } finally {
      slots.give(granted);
    }
  }

  private async lookAfter(): Promise<void> {
    if (performance.now() - this.reconciledAt <= RECONCILE_MS) return;
    this.reconciledAt = performance.now();
    await settleClaims(this.workspace, this.channel, this.accounts);
    // Beside the queue: records that do not answer hold up no message that another account could carry.
    this.asking ??= askRecords(this.workspace, this.channel, this.accounts, () => !this.isStopping)
      .catch((error: unknown) => log("messages").warn({ err: error }, "providers' records could not be asked"))
      .finally(() => {
        this.asking = undefined;
      });
    const resumed = await engine((tx) => tx.run(releaseResumed(this.workspace, this.channel)));
    // There may be more: again at the next turn.
    if (resumed >= RESUMED_AT_ONCE) this.reconciledAt = -Infinity;
  }

  /** The first account whose circuit lets calls through: all it can take, or a few to see whether it works again. */
  private async choose(): Promise<{ account: Account; most: number } | undefined> {
    if (performance.now() - this.circuits.at > CIRCUITS_MS)
      this.circuits = { at: performance.now(), of: await readCircuits(this.accounts.map(({ name }) => name)) };
    const now = instantMs();
    for (const account of this.accounts) {
      const state = stateOf(this.circuits.of.get(account.name) ?? CLOSED, now);
      if (state === "closed") return { account, most: Number.POSITIVE_INFINITY };
      if (state === "probing" && !this.calling.get(account.name)) return { account, most: PROBES };
    }
    return undefined;
  }

  private allowed({ name, perSecond }: Account, wanted: number): Promise<number> | number {
    return perSecond === null ? wanted : takeCalls(name, perSecond, wanted);
  }

  /** Renders inside the claim's transaction, where texts have a price; what one can take there is bounded (decision 110). */
  private partsOf(around: Surroundings): PartsOf {
    return async (message, member, plan, now) => {
      if (this.channel !== "sms") return 1;
      const words = await wordsOf(this.channel, message, member, plan, around, now);
      return words.ok && "text" in words.content ? channels.sms.parts({ text: words.content.text }) : 1;
    };
  }

  private releases(): boolean {
    if (performance.now() - this.releasedAt < RELEASE_MS) return false;
    this.releasedAt = performance.now();
    return true;
  }

  /** Words that cannot be kept fail their own message; its neighbours leave. */
  private async begin(prepared: readonly Prepared[]): Promise<readonly Prepared[]> {
    try {
      return await beginCalls(this.workspace, this.claimer, prepared);
    } catch (error) {
      if (!isPoison(error)) throw error;
      const [only] = prepared;
      if (prepared.length === 1 && only) return [{ message: only.message, ok: false, reason: "content_failed" }];
      const kept: Prepared[] = [];
      for (const one of prepared) kept.push(...(await this.begin([one])));
      return kept;
    }
  }

  private fly(account: Account, prepared: Prepared, began: number, landed: () => void): void {
    const { id } = prepared.message;
    this.begun.add(id);
    this.calling.set(account.name, (this.calling.get(account.name) ?? 0) + 1);
    const stop = new AbortController();
    const flight = handOver(this.workspace, this.channel, account, prepared, began, stop)
      .then((delivery) => this.land({ account, delivery }))
      .catch((error: unknown) => log("messages").error({ err: error, message: id }, "an outcome could not be written"))
      .finally(() => {
        this.flying.delete(flight);
        this.calling.set(account.name, (this.calling.get(account.name) ?? 1) - 1);
        landed();
      });
    this.flying.set(flight, stop);
  }

  /** Outcomes are written together, as soon as the last write is through. A slot is free again only when its outcome is written. */
  private async land(one: { account: Account; delivery: Delivery }): Promise<void> {
    this.landed.push(one);
    while (this.saving) {
      await this.saving.catch(() => {});
      // Another that waited took it along: it is written when that save is through, or fails with it.
      if (!this.landed.includes(one)) return this.saving;
    }
    const batch = this.landed;
    this.landed = [];
    this.saving = this.saveAll(batch).finally(() => {
      this.saving = undefined;
    });
    await this.saving;
  }

  private async saveAll(batch: readonly { account: Account; delivery: Delivery }[]): Promise<void> {
    const broken: unknown[] = [];
    for (const account of new Set(batch.map((one) => one.account))) {
      const own = batch.filter((one) => one.account === account).map(({ delivery }) => delivery);
      await this.save(account, own).catch((error: unknown) => broken.push(error));
      await this.note(account, own);
    }
    if (broken.length > 0) throw broken[0];
  }

  /** What became of a message is known only here until it is written: a database that is away is waited for, and one bad row stands alone. */
  private async save(account: Account, batch: readonly Delivery[]): Promise<void> {
    const until = performance.now() + HELD_MS;
    for (let pause = 200; ; pause = Math.min(pause * 2, 5000)) {
      try {
        faultPoint("message-called");
        await saveDeliveries(this.workspace, this.channel, this.claimer, batch);
        faultPoint("outcome-written");
        for (const { message, sent } of batch) {
          this.begun.delete(message.id);
          deliveries.inc({
            channel: this.channel,
            outcome: sent.is === "refused" && sent.lasting ? "failed" : sent.is,
          });
        }
        return;
      } catch (error) {
        if (isPoison(error) && batch.length > 1) {
          const ended = [];
          for (const one of batch) ended.push(...(await Promise.allSettled([this.save(account, [one])])));
          const broken = ended.find((one) => one.status === "rejected");
          if (broken) throw broken.reason;
          return;
        }
        if (isPoison(error) || performance.now() > until) throw error;
        await new Promise((done) => setTimeout(done, pause));
      }
    }
  }

  /** As long as it takes, up to a minute: past that they become unknown by themselves. */
  private async putBack(): Promise<void> {
    const until = performance.now() + HELD_MS;
    for (let pause = 200; ; pause = Math.min(pause * 2, 5000)) {
      try {
        const count = await putBackOwn(this.workspace, this.channel, this.claimer, [...this.begun]);
        if (count > 0) deliveries.inc({ channel: this.channel, outcome: "released" }, count);
        return;
      } catch (error) {
        if (performance.now() > until) throw error;
        await new Promise((done) => setTimeout(done, pause));
      }
    }
  }

  private async note({ name }: Account, batch: readonly Delivery[]): Promise<void> {
    const called = batch.filter(({ sent, isOurs }) => sent.is !== "released" && !isOurs);
    const bad = called.filter(({ sent }) => isAgainst(sent));
    const [first] = bad;
    const reason = first?.sent.is === "refused" ? first.sent.reason.slice(0, 200) : first ? "no answer" : null;
    const ended = { well: called.length - bad.length, badly: bad.length, reason };
    try {
      this.circuits.of.set(name, await noteCalls(name, ended, this.circuits.of.get(name) ?? CLOSED));
    } catch (error) {
      log("messages").warn({ err: error, provider: name }, "a circuit could not be told");
    }
  }

  private async surroundings(): Promise<Surroundings> {
    if (!this.around || performance.now() - this.around.at > SURROUNDINGS_MS)
      this.around = { at: performance.now(), value: await surroundings(this.workspace) };
    return this.around.value;
  }
}
