import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { openChromium } from "./chromium";

/**
 * A headless browser: the installed Chromium or Chrome, else the packed one (Linux). Undefined where there is none; then
 * `describe.skipIf(!chrome)` skips and counts the tests, and this says what helps. Closed when the file is done.
 */
export async function browser(): Promise<Browser | undefined> {
  const opened = await openChromium();
  if (!("reasons" in opened)) {
    afterAll(() => opened.close());
    return opened;
  }
  console.warn(
    `SKIPPED: tests in a browser. ${opened.reasons.join("; ") || "None was found."} Install Chromium (Debian: apt-get install chromium) or Chrome.`,
  );
  return undefined;
}
