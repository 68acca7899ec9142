import pino, { type Logger } from "pino";
import { config } from "./config";

let root: Logger | undefined;

/** The structured log of one room: JSON lines on standard output. Values under these names are replaced; a secret under another name is the
 * caller's to leave out. */
export function log(room: string): Logger {
  root ??= pino({
    level: config().LOG_LEVEL,
    base: { pid: process.pid },
    redact: {
      paths: ["password", "token", "authorization", "*.password", "*.token", "*.authorization", "req.headers.cookie"],
    },
  });
  return root.child({ room });
}
