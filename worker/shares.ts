import { WORKER_ID } from "@/activities/holder";
import { fnv1a } from "@/core/hash";
import { beating } from "@/services/rings/beats";

/** Which of what all workers hear and see is this one's to begin with: a hash over the workers that beat. */
export class Shares {
  private workers: readonly string[] = [WORKER_ID];

  /** Reads anew who beats. */
  async look(): Promise<void> {
    this.workers = await beating();
  }

  /** Everything is, while nobody beats. */
  isMine(conductor: string): boolean {
    return this.workers.length === 0 || this.workers[fnv1a(conductor) % this.workers.length] === WORKER_ID;
  }
}
