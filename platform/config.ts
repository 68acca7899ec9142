import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ConfigProblem } from "./config-problem";
import { isMissing, type Secrets, secretsOf } from "./secrets";

const somePort = z.coerce
  .number("should be a port number from 1 to 65535")
  .int("should be a whole number from 1 to 65535")
  .min(1, "should be a port number from 1 to 65535")
  .max(65535, "should be a port number from 1 to 65535");
const port = (fallback: number) => somePort.default(fallback);
const some = (least: number, most: number) =>
  z.coerce
    .number(`should be a number from ${least} to ${most}`)
    .int(`should be a whole number from ${least} to ${most}`)
    .min(least, `should be a number from ${least} to ${most}`)
    .max(most, `should be a number from ${least} to ${most}`);
const rate = (most = 10_000) => some(1, most).optional();
const isNetwork = (text: string): boolean => {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  const isMask = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32));
  return version !== 0 && isMask && more.length === 0;
};
const url = (schemes: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
    error: `should be an address like ${example}`,
  });
const web = (example: string) => url(["http:", "https:"], example).transform((value) => value.replace(/\/+$/, ""));

const Variables = z.object({
  NODE_ENV: z.string().default("production"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "should be one of trace, debug, info, warn, error, fatal, silent",
    })
    .default("info"),
  /** The data folder: database, Temporal's file, secret, demo.json, downloads. */
  REGULARS_HOME: z.string().min(1, "should be a folder").default(".regulars"),
  /** The root secret; every machine of a fleet needs the same. Without it one is made and kept in the data folder. */
  REGULARS_SECRET: z.string().min(32, "should be at least 32 random characters").optional(),

  PORT: port(3000),
  API_PORT: port(3001),
  PUBLIC_URL: web("https://crm.example.com").optional(),
  PUBLIC_API_URL: web("https://api.example.com").optional(),
  /** Balancers and reverse proxies in front of the API, whose X-Forwarded-For is believed: addresses and networks. This machine's own is always. */
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ""))
    .refine((list) => list.every(isNetwork), {
      error: "should be addresses and networks, like 10.0.0.0/8, 192.168.1.7",
    })
    .default([]),
  /** Requests a second that one API key or one person may make of one API process, twice as many at once; absent = as many as go. */
  API_PER_SECOND: rate(),
  /** Events a second that one write key may send to one API process; absent = as many as go. */
  EVENTS_PER_SECOND: rate(1_000_000),

  POSTGRES_PORT: port(54329),
  DATABASE_URL: url(["postgres:", "postgresql:"], "postgres://user:password@host:5432/regulars").optional(),
  /** Connections this process may hold. */
  DATABASE_POOL: z.coerce.number("should be a number from 2 to 200").int().min(2).max(200).default(20),

  /** Where a worker tells its own /metrics, /healthz and /readyz; absent = nowhere. Workers on one machine need one each. */
  WORKER_METRICS_PORT: somePort.optional(),

  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^([^\s/:[\]]+|\[[\da-fA-F:.]+\]):\d+$/, "should be host:port or [IPv6 address]:port, without http://")
    .optional(),
  TEMPORAL_UI_URL: web("https://temporal.example.com").optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  TEMPORAL_API_KEY: z.string().min(1).optional(),

  /** For tests only: `name@n`, where and at which time this process ends itself (platform/fault-points.ts). */
  FAULT_POINT: z
    .string()
    .regex(/^[a-z-]+@[1-9]\d*$/, "should be a fault point and a count, like batch-committed@3")
    .optional(),

  /** What programs here show to the management API; without it they take the demo's key from demo.json. */
  REGULARS_API_KEY: z.string().min(1).optional(),

  /** Hosts, addresses and networks that webhooks may call although they are inside, or without TLS: crm.internal, 10.1.0.0/16. */
  WEBHOOK_ALLOW: z.string().max(4000).default(""),
  /** Webhooks of one workspace under way at once, in all and to one host: a host that hangs holds up only its own. */
  WEBHOOK_CALLS: some(1, 1000).default(24),
  WEBHOOK_CALLS_PER_HOST: some(1, 1000).default(6),

  SANDBOX_HTTP_PORT: port(3002),
  SANDBOX_SMTP_PORT: port(3025),

  // Providers: what is absent is the sandbox's.
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, "should be the account SID: AC and 32 hexadecimal digits")
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().min(1).optional(),
  /** Of another region of Twilio's, or a stand-in of one's own; absent = https://api.twilio.com. */
  TWILIO_API_URL: url(["http:", "https:"], "https://api.dublin.ie1.twilio.com").optional(),
  // Second accounts, which carry a channel while the first's circuit is open.
  TWILIO_FALLBACK_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, "should be the account SID: AC and 32 hexadecimal digits")
    .optional(),
  TWILIO_FALLBACK_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FALLBACK_FROM: z.string().min(1).optional(),
  SMTP_FALLBACK_URL: url(["smtp:", "smtps:"], "smtps://user:password@smtp.example.com").optional(),
  /** Calls a second to each provider, over all workers; absent = as many as go. */
  SMS_PER_SECOND: rate(),
  EMAIL_PER_SECOND: rate(),
  PUSH_PER_SECOND: rate(),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@smtp.example.com").optional(),
  /** Mails that the mail server takes at once from one worker. */
  SMTP_CONNECTIONS: z.coerce.number("should be a number from 1 to 100").int().min(1).max(100).default(8),
  MAIL_FROM: z.string().min(3).optional(),
  VAPID_PUBLIC_KEY: z.string().min(80, "should be the 87-character public key, base64url").optional(),
  VAPID_PRIVATE_KEY: z.string().min(40, "should be the 43-character private key, base64url").optional(),
  VAPID_SUBJECT: url(["mailto:", "https:"], "mailto:you@example.com").optional(),
  /** Push services besides those of the known browsers: push.example.com, *.push.example.org. */
  PUSH_HOSTS: z.string().max(4000).default(""),
});

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(Variables.shape);

type Raw = z.infer<typeof Variables>;
/** All settings. Those with a computed default are always present. */
export type Config = Raw & {
  DATABASE_URL: string;
  TEMPORAL_ADDRESS: string;
  TEMPORAL_UI_URL: string;
  PUBLIC_URL: string;
  PUBLIC_API_URL: string;
  /** Whether `npm start` runs its own Postgres, its own Temporal: true unless an outside address was given. */
  ownsPostgres: boolean;
  ownsTemporal: boolean;
};

const belongTogether: (keyof Raw)[][] = [
  ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"],
  ["TWILIO_FALLBACK_ACCOUNT_SID", "TWILIO_FALLBACK_AUTH_TOKEN", "TWILIO_FALLBACK_FROM"],
  ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"],
];
/** The first alone would send in a name that is nobody's here, or change nothing. */
const needs: [keyof Raw, keyof Raw][] = [
  ["SMTP_URL", "MAIL_FROM"],
  ["TWILIO_API_URL", "TWILIO_ACCOUNT_SID"],
  ["PUSH_HOSTS", "VAPID_PUBLIC_KEY"],
];
const isSecret = (name: string) => /SECRET|TOKEN|KEY|_URL$/.test(name);
const shown = (name: string, value: unknown) =>
  value === undefined ? name : `${name}=${isSecret(name) && !name.startsWith("PUBLIC") ? "…" : String(value)}`;

/** Reads settings from variables, then from `settings.json` in the data folder (same names); throws ConfigProblem. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  // An empty variable is how compose files and CI say "not set".
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const home = resolve(/* turbopackIgnore: true */ given.REGULARS_HOME ?? ".regulars");
  const input: Record<string, unknown> = { ...settingsFile(home), ...given, REGULARS_HOME: home };
  const parsed = Variables.safeParse(input);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${shown(name, input[name])}: ${issue.message}`;
    });
    throw new ConfigProblem(lines.join("\n"));
  }
  const raw = parsed.data;
  for (const group of belongTogether) {
    const missing = group.filter((name) => raw[name] === undefined);
    if (missing.length > 0 && missing.length < group.length)
      throw new ConfigProblem(`${missing.join(", ")}: should be set too, or none of ${group.join(", ")}`);
  }
  for (const [name, other] of needs)
    if (raw[name] && raw[other] === undefined) throw new ConfigProblem(`${other}: should be set too, since ${name} is`);
  const apart = new Map<number, string>();
  for (const name of ["PORT", "API_PORT", "SANDBOX_HTTP_PORT", "SANDBOX_SMTP_PORT"] as const) {
    const other = apart.get(raw[name]);
    if (other) throw new ConfigProblem(`${name}=${raw[name]}: should differ from ${other}`);
    apart.set(raw[name], name);
  }
  return {
    ...raw,
    ownsPostgres: raw.DATABASE_URL === undefined,
    ownsTemporal: raw.TEMPORAL_ADDRESS === undefined,
    DATABASE_URL:
      raw.DATABASE_URL ??
      `postgres://postgres:${secretsOf(home, raw.REGULARS_SECRET).postgresPassword}@127.0.0.1:${raw.POSTGRES_PORT}/regulars`,
    TEMPORAL_ADDRESS: raw.TEMPORAL_ADDRESS ?? `127.0.0.1:${raw.TEMPORAL_PORT}`,
    TEMPORAL_UI_URL: raw.TEMPORAL_UI_URL ?? `http://localhost:${raw.TEMPORAL_UI_PORT}`,
    PUBLIC_URL: raw.PUBLIC_URL ?? `http://localhost:${raw.PORT}`,
    PUBLIC_API_URL: raw.PUBLIC_API_URL ?? `http://localhost:${raw.API_PORT}`,
  };
}

function settingsFile(home: string): Record<string, unknown> {
  const file = join(home, "settings.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return {};
    // Left out without a word, it would have messages go to the sandbox.
    throw error;
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new ConfigProblem(`${file}: should be one JSON object of settings, like { "SMTP_URL": "smtps://…" }`);
  }
}

let known: Config | undefined;
/** The settings of this process, read once. The only reader of the environment. */
export function config(): Config {
  known ??= readConfig(process.env);
  return known;
}

/** The secrets of this installation. */
export const secrets = (): Secrets => secretsOf(config().REGULARS_HOME, config().REGULARS_SECRET);

/** The environment for a child process, with changes. */
export function environment(changes: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
