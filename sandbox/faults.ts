import { z } from "zod";

/**
 * What a provider can do to us. `hang`: never answers, and took nothing. `accept-then-cut`, `accept-then-drop`: takes the message, then
 * breaks the connection unanswered. `hang-in-data`: takes the mail, never answers. `undelivered`: takes it, later reports failure.
 * `early-callback`: reports it delivered before it answers. `double-callback`: reports each state twice, the second time out of order.
 */
export const Fault = z.object({
  channel: z.enum(["sms", "email", "push"]),
  mode: z.enum([
    "429",
    "500",
    "503",
    "hang",
    "accept-then-cut",
    "undelivered",
    "early-callback",
    "double-callback",
    "421",
    "451",
    "550",
    "554",
    "hang-in-data",
    "accept-then-drop",
    "404",
    "410",
    "none",
  ]),
  count: z.int().min(1).max(1_000_000).default(1),
});
export type Fault = z.infer<typeof Fault>;

/** The faults ordered for the next messages of each channel. */
export class Faults {
  private readonly next = new Map<Fault["channel"], { mode: Fault["mode"]; left: number }>();

  order({ channel, mode, count }: Fault): void {
    if (mode === "none") this.next.delete(channel);
    else this.next.set(channel, { mode, left: count });
  }

  /** What was ordered and has met no message yet. */
  left(): Fault[] {
    return [...this.next].map(([channel, { mode, left }]) => ({ channel, mode, count: left }));
  }

  /** The fault this message meets, if it is one of `modes`; counted down. */
  take<M extends Fault["mode"]>(channel: Fault["channel"], ...modes: M[]): M | undefined {
    const ordered = this.next.get(channel);
    const mode = modes.find((one) => one === ordered?.mode);
    if (!ordered || mode === undefined) return undefined;
    ordered.left -= 1;
    if (ordered.left === 0) this.next.delete(channel);
    return mode;
  }
}
