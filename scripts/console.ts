import { spawn } from "node:child_process";
import { environment } from "@/platform/config";
import { buildConsole, isConsoleBuilt } from "./console-build";
import { parts } from "./supervise/parts";
import { during } from "./supervise/say";

// The console as the one role of this machine.
if (!isConsoleBuilt()) await during("console", "building", buildConsole());
const child = spawn(process.execPath, parts().console.args, {
  stdio: "inherit",
  env: environment({ NODE_ENV: "production" }),
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.once("exit", (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
