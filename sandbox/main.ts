import { join } from "node:path";
import { config, secrets } from "@/platform/config";
import { log } from "@/platform/log";
import { startSandbox } from "./start";

const { REGULARS_HOME, SANDBOX_HTTP_PORT, SANDBOX_SMTP_PORT } = config();
const logger = log("sandbox");

const busy = (error: NodeJS.ErrnoException & { port?: number }) =>
  error.code === "EADDRINUSE"
    ? `port ${error.port} is busy; choose another by SANDBOX_HTTP_PORT or SANDBOX_SMTP_PORT`
    : undefined;

try {
  const sandbox = await startSandbox({
    folder: join(REGULARS_HOME, "sandbox"),
    httpPort: SANDBOX_HTTP_PORT,
    smtpPort: SANDBOX_SMTP_PORT,
    authToken: secrets().sandbox,
  });
  logger.info({ http: sandbox.httpPort, smtp: sandbox.smtpPort }, "the sandboxes are open");
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
} catch (error) {
  const line = error instanceof Error ? busy(error) : undefined;
  logger.fatal(line === undefined ? { err: error } : {}, line ?? "the sandboxes could not start");
  process.exit(1);
}
