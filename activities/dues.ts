import { faultPoint } from "@/platform/fault-points";
import type { Shard } from "@/services/engine/claim";
import { enterDue } from "@/services/engine/entering/enter-due";

/** While batches move, a shard's clock that had nothing is asked again this much later. */
const LOOK_MS = 1_000;

/** The pages of a shard's due members, taken in turns with its batches, so that neither waits until the other is through. */
export class Dues {
  private lookAt = 0;
  constructor(private readonly shard: Shard) {}

  async after<T extends string>(turn: T): Promise<T | "moved"> {
    if (turn === "over" || (turn === "moved" && Date.now() < this.lookAt)) return turn;
    const due = await enterDue(this.shard);
    if (due === "moved") {
      faultPoint("dues-entered");
      return "moved";
    }
    this.lookAt = Date.now() + LOOK_MS;
    return turn;
  }
}
