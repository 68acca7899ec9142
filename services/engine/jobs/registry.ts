import type { JobKind } from "../../jobs/job";
import type { BatchOf } from "./batch";
import { publish } from "./publish";
import { resume } from "./resume";
import { stop } from "./stop";

/** Every kind of job and what does one batch of it; a missing one does not compile. */
export const batches = { publish, resume, stop } satisfies { [K in JobKind]: BatchOf };
