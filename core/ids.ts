import { fnv1a } from "./hash";

/** Branded ids: a MemberId is not a RunId, though both are UUIDs. Created by platform/ids, passed in everywhere else. */
type Brand<T, B extends string> = T & { readonly __brand: B };
export type WorkspaceId = Brand<string, "workspace">;
export type MemberId = Brand<string, "member">;
export type EventId = Brand<string, "event">;
export type JourneyId = Brand<string, "journey">;
export type PlanId = Brand<string, "plan">;
export type RunId = Brand<string, "run">;
export type OfferId = Brand<string, "offer">;
export type CouponId = Brand<string, "coupon">;
export type MessageId = Brand<string, "message">;
export type JobId = Brand<string, "job">;
export type StoreId = Brand<string, "store">;
/** Root node id + "." + local name; "start" is the local name of a node's first step. */
export type StepId = Brand<string, "step">;
/** A durable workflow's id: `journey/<journey>/<shard>`, `sender/<workspace>/<channel>`, `job/<job>`, `segments/<workspace>`, `broadcast/<broadcast>`. */
export type ConductorId = Brand<string, "conductor">;

export const LANES = 16;

/** One member's events share a lane, and so keep their order. */
export const laneOf = (workspace: WorkspaceId, member: MemberId): number => fnv1a(`${workspace}/${member}`) % LANES;
export const shardOf = (member: MemberId, shards: number): number => (shards === 1 ? 0 : fnv1a(member) % shards);

export const journeyConductor = (journey: JourneyId, shard: number) => `journey/${journey}/${shard}` as ConductorId;
export const senderConductor = (workspace: WorkspaceId, channel: string) =>
  `sender/${workspace}/${channel}` as ConductorId;

/** What a job's conductor's id begins with; its job's follows. */
export const JOB_CONDUCTOR = "job/";
export const jobConductor = (job: JobId) => `${JOB_CONDUCTOR}${job}` as ConductorId;
export const broadcastConductor = (broadcast: string) => `broadcast/${broadcast}` as ConductorId;
export const segmentsConductor = (workspace: WorkspaceId) => `segments/${workspace}` as ConductorId;

export const callerConductor = (workspace: WorkspaceId) => `caller/${workspace}` as ConductorId;

export const stepId = (node: string, local: string) => `${node}.${local}` as StepId;
export const nodeOf = (step: StepId): string => step.slice(0, step.lastIndexOf("."));
