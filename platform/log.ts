import pino, { type Logger, type LoggerOptions } from "pino";
import { config } from "./config";

let root: Logger | undefined;

// By their names, at the top of an entry and one level below: what holds a secret is not handed to the log in the first place.
const SECRETS = ["password", "token", "secret", "apiKey", "authorization", "cookie"];

/** How entries are written: JSON lines, with what is named like a secret left out. */
export const settings = (level: string): LoggerOptions => ({
  level,
  base: { pid: process.pid },
  redact: {
    paths: [...SECRETS, ...SECRETS.map((name) => `*.${name}`), "req.headers.cookie", "req.headers.authorization"],
  },
});

/** The structured log of one room, on standard output. */
export function log(room: string): Logger {
  root ??= pino(settings(config().LOG_LEVEL));
  return root.child({ room });
}
