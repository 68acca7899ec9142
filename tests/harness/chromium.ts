import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
// As root there is no sandbox, and nothing may phone home during a test.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-prefers-reduced-motion",
];

/** Flags to leave out: without web security a page sends no Origin, so the API refuses its writes; users' browsers do not run as a single process. */
const UNLIKE_A_BROWSER = [
  "--disable-web-security",
  "--single-process",
  "--no-zygote",
  "--disable-site-isolation-trials",
];

/** Opens a headless browser: the installed Chromium or Chrome, else the packed one (Linux); or tells why there is none. */
export async function openChromium(): Promise<Browser | { reasons: string[] }> {
  const reasons: string[] = [];
  for (const find of [installed, packed])
    try {
      const found = await find();
      if (found) return await chromium.launch({ ...found, headless: true, timeout: 30_000 });
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  return { reasons };
}

type Found = { executablePath: string; args: string[] };

async function installed(): Promise<Found | undefined> {
  const executablePath = INSTALLED.find((path) => existsSync(path));
  return executablePath ? { executablePath, args: FLAGS } : undefined;
}

async function packed(): Promise<Found | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  // It unpacks the libraries that a bare machine lacks only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const { default: chrome } = await import("@sparticuz/chromium");
  const args = chrome.args.filter((flag) => !UNLIKE_A_BROWSER.some((one) => flag.startsWith(one)));
  return { executablePath: await chrome.executablePath(), args: [...new Set([...args, ...FLAGS])] };
}
