import { setTimeout as pause } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "playwright-core";

/** Frames as the compositor drew them; what a gesture cost the page. */
const CATEGORIES = [
  "disabled-by-default-devtools.timeline",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline.frame",
];
const GESTURE_MS = 2_000;
/** A hand's pace: a screen's 60 a second. */
const STEP_MS = 1000 / 60;

/** What a browser drew during a gesture. `frames`: a second; `ms`: processor time of the page's thread for each of them. */
export type Drawn = { frames: number; ms: number };

/** Gestures of two seconds, with what the browser drew meanwhile. Frames fall when others use the machine; processor time hardly does. */
export class Gestures {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async on(browser: Browser, page: Page): Promise<Gestures> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return new Gestures(browser, page, devtools);
  }

  /**
   * By the browser's own trace, while something is moved step by step, at a hand's pace: nobody's hand waits until the page has answered, which
   * takes a frame or two of its own.
   */
  async drawn(move: (i: number) => Promise<void>): Promise<Drawn> {
    await this.browser.startTracing(this.page, { categories: CATEGORIES });
    const before = await this.spent();
    const began = performance.now();
    const moves: Promise<void>[] = [];
    for (let i = 0; i * STEP_MS < GESTURE_MS; i++) {
      await pause(Math.max(0, began + i * STEP_MS - performance.now()));
      moves.push(move(i));
    }
    await Promise.all(moves);
    const ms = (await this.spent()) - before;
    const trace: { traceEvents: { name: string; ts: number }[] } = JSON.parse(String(await this.browser.stopTracing()));
    const at = trace.traceEvents.filter((event) => event.name === "DrawFrame").map(({ ts }) => ts);
    if (at.length < 2) return { frames: 0, ms };
    const seconds = (Math.max(...at) - Math.min(...at)) / 1e6;
    return { frames: (at.length - 1) / seconds, ms: ms / at.length };
  }

  done(): Promise<void> {
    return this.devtools.detach();
  }

  /** Milliseconds that the page's thread has worked so far. */
  private async spent(): Promise<number> {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
  }
}
