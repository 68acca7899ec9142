import type { JobKind } from "../../jobs/job";
import type { BatchOf } from "./batch";
import { enrol } from "./enrol";
import { publish } from "./publish";
import { resume } from "./resume";
import { runs } from "./runs";
import { stop } from "./stop";
import { zones } from "./zones";

/** Every kind of job and what does one batch of it; a missing one does not compile. */
export const batches = { publish, resume, stop, runs, enrol, zones } satisfies { [K in JobKind]: BatchOf };
