import type { WorkspaceId } from "@/core/ids";
import { instant } from "@/platform/clock";
import { query } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { type Surroundings, surroundings } from "../messages/content/scope-of";
import { type Allowed, allowed } from "./allowed";
import { type Claimed, claimCalls, releaseCalls } from "./claim";
import { compose } from "./compose";
import { signingKeys } from "./keys";
import { saveCall } from "./outcome";
import { type Posted, post } from "./post";
import type { SigningKeys } from "./sign";

/** Calls under way at once, in all and to one host: a host that hangs holds up only its own. */
const SLOTS = 24;
const PER_HOST = 6;
const SURROUNDINGS_MS = 5000;
/** How often it looks for calls of journeys that go on again. */
const RELEASE_MS = 1000;

/** The conveyor of a workspace's webhooks: claims what is due, calls, writes what became of it. */
export class Caller {
  private releasedAt = Number.NEGATIVE_INFINITY;
  private readonly flying = new Set<Promise<void>>();
  private readonly hosts = new Map<string, number>();
  private around: { at: number; value: Surroundings; keys: SigningKeys } | undefined;

  constructor(
    private readonly workspace: WorkspaceId,
    private readonly claimer: string,
    private readonly reach: Allowed = allowed(),
  ) {}

  /** Whether anything is still going on. */
  async turn(stop: AbortSignal = new AbortController().signal): Promise<boolean> {
    if (performance.now() - this.releasedAt > RELEASE_MS) {
      this.releasedAt = performance.now();
      if ((await releaseCalls(this.workspace)) > 0) this.releasedAt = Number.NEGATIVE_INFINITY;
    }
    const free = SLOTS - this.flying.size;
    if (free > 0 && !stop.aborted) {
      const busy = [...this.hosts].flatMap(([host, count]) => (count >= PER_HOST ? [host] : []));
      const { took, claimed } = await claimCalls(this.workspace, Math.min(free, PER_HOST), busy, this.claimer);
      if (claimed.length > 0) faultPoint("call-claimed");
      for (const call of claimed) this.launch(call);
      if (took > 0) return true;
    }
    if (this.flying.size === 0) return false;
    await Promise.race(this.flying);
    return true;
  }

  async drain(): Promise<void> {
    while (this.flying.size > 0) await Promise.allSettled(this.flying);
  }

  private launch(call: Claimed): void {
    this.hosts.set(call.host, (this.hosts.get(call.host) ?? 0) + 1);
    const flight = this.make(call)
      .then((posted) => {
        faultPoint("call-answered");
        return saveCall(this.workspace, this.claimer, call, posted);
      })
      .catch((error: unknown) =>
        log("webhooks").error({ err: error, call: call.id }, "an outcome could not be written; the call is made again"),
      )
      .finally(() => {
        this.flying.delete(flight);
        const left = (this.hosts.get(call.host) ?? 1) - 1;
        if (left > 0) this.hosts.set(call.host, left);
        else this.hosts.delete(call.host);
      });
    this.flying.add(flight);
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
    return post(composed.outgoing, this.reach, new AbortController().signal);
  }
}
