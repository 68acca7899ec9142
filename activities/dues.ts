import { setTimeout as pause } from "node:timers/promises";
import { faultPoint } from "@/platform/fault-points";
import type { Shard } from "@/services/engine/claim";
import { enterDue } from "@/services/engine/entering/enter-due";

/** While batches move, a shard's clock that had nothing is asked again this much later. */
const LOOK_MS = 1_000;
/** Runs that are to move before members enter, and do not: so often it is looked again, and so long they are waited for. */
const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 60_000;

/** The pages of a shard's due members, taken in turns with its batches, so that neither waits until the other is through. */
export class Dues {
  private lookAt = 0;
  private waitingSince: number | undefined;
  constructor(private readonly shard: Shard) {}

  async after<T extends string>(turn: T): Promise<T | "moved"> {
    if (turn === "over" || (turn === "moved" && Date.now() < this.lookAt)) return turn;
    const isPatient = this.waitingSince === undefined || Date.now() - this.waitingSince < PATIENCE_MS;
    const due = await enterDue(this.shard, { isPatient });
    if (due === "moved") {
      faultPoint("dues-entered");
      return "moved";
    }
    if (due === "waits") {
      this.waitingSince ??= Date.now();
      if (turn !== "moved") await pause(LOOK_AGAIN_MS);
      return "moved";
    }
    this.waitingSince = undefined;
    this.lookAt = Date.now() + LOOK_MS;
    return turn;
  }
}
