import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
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

/** It unpacks the libraries that a bare machine lacks only where it believes to be on Lambda. */
const LAMBDA = "AWS_Lambda_nodejs20.x";
const isPackable = process.platform === "linux" && process.arch === "x64";
const installedPath = () => INSTALLED.find((path) => existsSync(path));

/**
 * Unpacks the packed browser where it is the one that will be opened, so that test files side by side do not both do it. In a process of its own:
 * it changes its environment for good. What fails here fails again, and is told, when a browser is opened.
 */
export async function unpackChromium(): Promise<void> {
  if (installedPath() !== undefined || !isPackable) return;
  const script = `process.env.AWS_EXECUTION_ENV ??= "${LAMBDA}";
    const { default: chrome } = await import("@sparticuz/chromium");
    await chrome.executablePath();`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]).catch(() => {});
}

async function installed(): Promise<Found | undefined> {
  const executablePath = installedPath();
  return executablePath ? { executablePath, args: FLAGS } : undefined;
}

async function packed(): Promise<Found | undefined> {
  if (!isPackable) return undefined;
  process.env.AWS_EXECUTION_ENV ??= LAMBDA;
  const { default: chrome } = await import("@sparticuz/chromium");
  const args = chrome.args.filter((flag) => !UNLIKE_A_BROWSER.some((one) => flag.startsWith(one)));
  return { executablePath: await chrome.executablePath(), args: [...new Set([...args, ...FLAGS])] };
}
