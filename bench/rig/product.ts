import { peek, sql } from "@/platform/db";
import type { Installation, Role } from "./installation";

/** The product's worker as it is in production, and the sandbox's mail server as a process of its own. */
export async function productWorker(here: Installation): Promise<Role> {
  await here.role("sandbox/main.ts", async () => (await fetch(`${here.sandboxUrl}/healthz`)).ok);
  return here.role("worker/main.ts", async () => {
    const [row] = await peek<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM worker_beat WHERE beat_at > clock_timestamp() - interval '2 seconds'`,
    );
    return row?.n === 1;
  });
}
