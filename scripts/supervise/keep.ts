import { setTimeout as pause } from "node:timers/promises";
import { Stopped } from "../embedded/problem";
import { type Identity, isSame } from "../process/identity";
import { kill } from "../process/stop";
import { say } from "./say";

type Server = Identity & { stop(): Promise<void> };

/** Keeps an embedded server up: it may have been adopted, so it is watched by its number, not as a child. */
export class Keeper {
  #isStopping = false;

  constructor(
    readonly name: string,
    readonly start: () => Promise<Server>,
    private server: Server,
    // Postgres is never killed hard: SIGQUIT ends it at once and lets the next start recover.
    private readonly lastSignal: NodeJS.Signals,
  ) {
    void this.#watch();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.server.stop();
  }

  kill(): void {
    this.#isStopping = true;
    kill(this.server, this.lastSignal);
  }

  async #watch(): Promise<void> {
    for (let wait = 250; !this.#isStopping; ) {
      await pause(250);
      if (this.#isStopping || isSame(this.server)) continue;
      say(this.name, "stopped; starting again");
      try {
        const next = await this.start();
        this.server = next;
        wait = 250;
        if (this.#isStopping) await next.stop();
        else say(this.name, "works again");
      } catch (error) {
        if (error instanceof Stopped) return;
        say(this.name, error instanceof Error ? error.message : String(error));
        wait = Math.min(wait * 2, 15_000);
        await pause(wait);
      }
    }
  }
}
