import { type LogLevel, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import { log } from "@/platform/log";

const LEVELS = {
  TRACE: "trace",
  DEBUG: "debug",
  INFO: "debug",
  WARN: "warn",
  ERROR: "error",
} as const satisfies Record<LogLevel, string>;
let installed = false;

/** Temporal's own log lines go into ours; its news of state changes are debugging to us. Once per process. */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  const logger = log("temporal");
  const say = (level: LogLevel, message: string, meta?: object): void => logger[LEVELS[level]](meta ?? {}, message);
  Runtime.install({
    logger: {
      log: say,
      trace: (message, meta) => say("TRACE", message, meta),
      debug: (message, meta) => say("DEBUG", message, meta),
      info: (message, meta) => say("INFO", message, meta),
      warn: (message, meta) => say("WARN", message, meta),
      error: (message, meta) => say("ERROR", message, meta),
    },
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: "WARN" }) } },
    shutdownSignals: [],
  });
}
