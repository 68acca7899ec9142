import type { Bench } from "./bench";
import { burst } from "./burst";
import { burstSql } from "./burst-sql";
import { canvas } from "./canvas";
import { ingest } from "./ingest";
import { mail } from "./mail";
import { single } from "./single";

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [burst, burstSql, single, ingest, mail, canvas];
