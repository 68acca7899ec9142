import { once } from "node:events";
import type { WorkspaceId } from "@/core/ids";
import { instant } from "@/platform/clock";
import { config } from "@/platform/config";
import { query } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { gauge, histogram } from "@/platform/metrics";
import { type Surroundings, surroundings } from "../messages/content/scope-of";
import { type Allowed, allowed } from "./allowed";
import { type Claimed, claimCalls } from "./claim";
import { compose } from "./compose";
import { releaseCalls } from "./held";
import { signingKeys } from "./keys";
import { saveCall } from "./outcome";
import { type Posted, post } from "./post";
import type { SigningKeys } from "./sign";

const underWay = gauge("webhook_calls_under_way", "Webhooks that wait for their receiver's answer");
const hostsFull = gauge("webhook_hosts_full", "Hosts with as many webhooks under way as one may have");
const seconds = histogram(
  "webhook_seconds",
  "How long receivers took to answer, by outcome: taken, refused (tried again later), failed (for good)",
  ["outcome"],
);
const SURROUNDINGS_MS = 5000;
/** How often it looks for calls of journeys that go on again. */
const RELEASE_MS = 1000;

/** Calls under way at once, in all and to one host: a host that hangs holds up only its own. */
export type Most = { atOnce: number; perHost: number };
const configured = (): Most => ({ atOnce: config().WEBHOOK_CALLS, perHost: config().WEBHOOK_CALLS_PER_HOST });

/** The conveyor of a workspace's webhooks: claims what is due, calls, writes what became of it. */
export class Caller {
  private releasedAt = Number.NEGATIVE_INFINITY;
  private readonly flying = new Set<Promise<void>>();
  private readonly hosts = new Map<string, number>();
  private readonly cut = new AbortController();
  private around: { at: number; value: Surroundings; keys: SigningKeys } | undefined;

  constructor(
    private readonly workspace: WorkspaceId,
    private readonly claimer: string,
    private readonly reach: Allowed = allowed(),
    private readonly most: Most = configured(),
  ) {}

  /** Whether anything is still going on. `stop`: nothing more begins, and what is under way is not waited for. */
  async turn(stop: AbortSignal = new AbortController().signal): Promise<boolean> {
    if (performance.now() - this.releasedAt > RELEASE_MS) {
      this.releasedAt = performance.now();
      if ((await releaseCalls(this.workspace)) > 0) this.releasedAt = Number.NEGATIVE_INFINITY;
    }
    const free = this.most.atOnce - this.flying.size;
    if (free > 0 && !stop.aborted) {
      const room = { atOnce: free, perHost: this.most.perHost, calling: this.hosts };
      const { took, claimed } = await claimCalls(this.workspace, room, this.claimer);
      if (claimed.length > 0) faultPoint("call-claimed");
      for (const call of claimed) this.launch(call);
      if (took > 0) return true;
    }
    if (this.flying.size === 0) return false;
    await this.oneEnded(stop);
    return true;
  }

  /** Waits for the calls under way. Those that take longer than `graceMs` are cut and made again later: their receiver tells a repeat by `webhook-id`. */
  async drain(graceMs?: number): Promise<void> {
    const timer = graceMs === undefined ? undefined : setTimeout(() => this.cut.abort(), graceMs);
    while (this.flying.size > 0) await Promise.allSettled(this.flying);
    clearTimeout(timer);
  }

  private async oneEnded(stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    const ended = new AbortController();
    const stopped = once(stop, "abort", { signal: ended.signal }).catch(() => {});
    await Promise.race([...this.flying, stopped]);
    ended.abort();
  }

  private launch(call: Claimed): void {
    this.count(call.host, 1);
    const took = seconds.startTimer();
    const flight = this.make(call)
      .then((posted) => {
        took({ outcome: posted.is === "refused" && posted.lasting ? "failed" : posted.is });
        faultPoint("call-answered");
        return saveCall(this.workspace, this.claimer, call, posted);
      })
      .catch((error: unknown) =>
        log("webhooks").error({ err: error, call: call.id }, "an outcome could not be written; the call is made again"),
      )
      .finally(() => {
        this.flying.delete(flight);
        this.count(call.host, -1);
      });
    this.flying.add(flight);
  }

  private count(host: string, by: 1 | -1): void {
    const before = this.hosts.get(host) ?? 0;
    const after = before + by;
    if (after > 0) this.hosts.set(host, after);
    else this.hosts.delete(host);
    underWay.inc(by);
    hostsFull.inc(Number(after >= this.most.perHost) - Number(before >= this.most.perHost));
  }

  private async make(call: Claimed): Promise<Posted> {
    if (!this.around || performance.now() - this.around.at > SURROUNDINGS_MS)
      this.around = {
        at: performance.now(),
        value: await surroundings(this.workspace),
        keys: await query(this.workspace, (tx) => signingKeys(tx, this.workspace)),
      };
    const composed = compose(call, this.around.value, this.around.keys, instant());
    if (!composed.ok) return { is: "refused", lasting: true, status: null, reason: composed.reason };
    return post(composed.outgoing, this.reach, this.cut.signal);
  }
}
