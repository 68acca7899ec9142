import { config } from "@/platform/config";
import { Problem } from "../embedded/problem";
import { forget, remember, remembered } from "../process/pid-file";

/** Makes this the one supervisor of the data folder; refuses when another one lives. */
export function beSole(file: string): () => void {
  const other = remembered(file);
  if (other && other.pid !== process.pid)
    throw new Problem(
      `Regulars already runs from ${config().REGULARS_HOME} (pid ${other.pid}): ${String(other.url)}\n` +
        "Stop it first (Ctrl-C there), or start with another REGULARS_HOME and other ports.",
    );
  remember(file, process.pid, { url: config().PUBLIC_URL });
  return () => forget(file);
}
