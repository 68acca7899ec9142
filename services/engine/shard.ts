import type { JourneyId, WorkspaceId } from "@/core/ids";

/** One conductor's part of a journey. */
export type Shard = { workspace: WorkspaceId; journey: JourneyId; shard: number };
