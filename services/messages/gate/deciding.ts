import type { MemberId, PlanId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { ChannelKind } from "@/core/message/channel";
import type { Plan } from "@/core/plan/plan";
import { judge, type Verdict } from "@/core/policy/gate";
import { REFUSALS } from "@/core/refusals";
import { zoneOfMember } from "@/core/time/zone-of";
import type { Conditions } from "./conditions";
import type { Facts } from "./facts";
import { ofJourney, ofMonth } from "./spending";
import { plansBehind, type Waiting } from "./waiting";

export type Decision = {
  row: Waiting;
  verdict: Verdict;
  address: string | null;
  member: LoadedMember | undefined;
  plan: Plan | undefined;
  parts: number;
  cost: number;
};

/** Decides a claim's messages one after another: what passes counts for those that follow. */
export class Deciding {
  constructor(
    private readonly channel: ChannelKind,
    private readonly conditions: Conditions,
    private readonly facts: Facts,
    /** Minor units left by budget's subject; lowered as messages pass. */
    private readonly left: Map<string, number>,
    private readonly sensitive: ReadonlyMap<PlanId, readonly string[]>,
  ) {}

  one(row: Waiting, member: LoadedMember | undefined, plan: Plan | undefined, parts: number, cost: number): Decision {
    const address = this.facts.gates.get(row.memberId)?.address ?? null;
    const verdict = this.verdict(row, member, cost, address !== null);
    if (verdict.is === "pass") this.count(row, cost);
    return { row, verdict, address, member, plan, parts, cost };
  }

  private verdict(row: Waiting, member: LoadedMember | undefined, cost: number, hasAddress: boolean): Verdict {
    const { settings, zone, now } = this.conditions;
    const at = now.getTime();
    const expiresAt = row.expiresAt.getTime();
    if (expiresAt > at && row.journeyState === "paused")
      return { is: "hold", until: Number.POSITIVE_INFINITY, reason: "not_live" };
    if (expiresAt > at && row.journeyState !== null && row.journeyState !== "live")
      return { is: "skip", reason: "not_live" };
    if (expiresAt > at && row.purpose === "marketing" && row.hasLeft) return { is: "skip", reason: "left_journey" };
    const gate = this.facts.gates.get(row.memberId);
    const consent = (row.purpose === "marketing" ? gate?.marketing : gate?.service) ?? undefined;
    const reaching = plansBehind(row).flatMap((plan) => this.sensitive.get(plan) ?? []);
    return judge(
      {
        channel: this.channel,
        purpose: row.purpose,
        category: row.category,
        quiet: row.quiet,
        expiresAt,
        heldFor: REFUSALS.find((known) => known === row.reason) ?? null,
        cost,
      },
      {
        hasAddress,
        isSuppressed: gate?.isSuppressed ?? false,
        consent,
        isSensitive: reaching.some((tag) => member?.tags.includes(tag)),
        complaints: gate?.complaints ?? [],
        zone: zoneOfMember(zone, member),
        counted: this.facts.counted.get(row.memberId) ?? [],
        ahead: (this.facts.rivals.get(row.memberId) ?? []).filter(({ priority }) => priority > row.priority),
        left: this.leftFor(row),
      },
      settings,
      at,
    );
  }

  private subjects({ journey }: Waiting): string[] {
    const { now, zone } = this.conditions;
    return [ofMonth(now, zone), ...(journey === null ? [] : [ofJourney(journey)])];
  }

  private leftFor(row: Waiting): number | null {
    const all = this.subjects(row).flatMap((subject) => this.left.get(subject) ?? []);
    return all.length === 0 ? null : Math.min(...all);
  }

  private count(row: Waiting, cost: number): void {
    for (const subject of this.subjects(row)) {
      const left = this.left.get(subject);
      if (left !== undefined) this.left.set(subject, left - cost);
    }
    if (row.purpose !== "marketing") return;
    const own: MemberId = row.memberId;
    const counted = this.facts.counted.get(own) ?? [];
    counted.push({ channel: this.channel, category: row.category, at: this.conditions.now.getTime() });
    this.facts.counted.set(own, counted);
  }
}
