import { backlog } from "./backlog";
import type { Bench } from "./bench";
import { broadcast } from "./broadcast";
import { burst } from "./burst";
import { burstSql } from "./burst-sql";
import { canvas } from "./canvas";
import { dates } from "./dates";
import { ingest } from "./ingest";
import { journeys } from "./journeys";
import { mail } from "./mail";
import { segments } from "./segments";
import { single } from "./single";
import { waits } from "./waits";

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [
  burst,
  burstSql,
  single,
  ingest,
  mail,
  backlog,
  waits,
  journeys,
  broadcast,
  dates,
  segments,
  canvas,
];
