import { createECDH, hkdfSync, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigProblem } from "./config-problem";

/** Everything secret, derived from one root so that there is one thing to keep. */
export type Secrets = {
  /** signs sessions */
  session: string;
  /** signs links in messages: tracking, unsubscribing */
  links: string;
  /** signs outgoing webhooks, a key of its own for each workspace */
  webhooks: string;
  /** hashes what must be looked up but not read: closed accounts' phones, API keys */
  lookup: string;
  postgresPassword: string;
  vapid: { publicKey: string; privateKey: string };
  /** what the SMS sandbox signs its callbacks with, and takes messages by */
  sandbox: string;
};

const known = new Map<string, Secrets>();

/** The secrets of a data folder; makes its root secret (secrets.json, mode 600) at first use. `given` overrides the file. */
export function secretsOf(home: string, given?: string): Secrets {
  const cached = known.get(given ?? home);
  if (cached) return cached;
  const root = given ?? persistedRoot(home);
  const derive = (label: string, bytes = 32) =>
    Buffer.from(hkdfSync("sha256", root, "regulars", label, bytes)).toString("base64url");
  const secrets: Secrets = {
    session: derive("session"),
    links: derive("links"),
    webhooks: derive("webhooks"),
    lookup: derive("lookup"),
    postgresPassword: derive("postgres", 24),
    sandbox: derive("sandbox"),
    vapid: vapidKeys((attempt) => Buffer.from(hkdfSync("sha256", root, "regulars", `vapid ${attempt}`, 32))),
  };
  known.set(given ?? home, secrets);
  return secrets;
}

function persistedRoot(home: string): string {
  const file = join(home, "secrets.json");
  const read = () => {
    const secret = secretIn(readFileSync(file, "utf8"));
    if (secret === undefined)
      throw new ConfigProblem(
        `${file} is damaged: it should hold { "secret": "…" } with 32 characters or more. Put your copy of it back; without one, move the data folder away to start anew (docs/operate.md, Secrets).`,
      );
    return secret;
  };
  try {
    return read();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  mkdirSync(home, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify({ secret: randomBytes(32).toString("base64url") })}\n`, { mode: 0o600 });
  try {
    // A link fails when another process was first; its secret is then the one.
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read();
}

function secretIn(text: string): string | undefined {
  try {
    const { secret }: { secret?: unknown } = JSON.parse(text);
    return typeof secret === "string" && secret.length >= 32 ? secret : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an error says that a file is not there. */
export const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

function vapidKeys(scalar: (attempt: number) => Buffer): Secrets["vapid"] {
  for (let attempt = 0; ; attempt++) {
    const curve = createECDH("prime256v1");
    const privateKey = scalar(attempt);
    try {
      curve.setPrivateKey(privateKey);
    } catch {
      continue; // one in 2³² is not a scalar of the curve
    }
    return { publicKey: curve.getPublicKey("base64url"), privateKey: privateKey.toString("base64url") };
  }
}
