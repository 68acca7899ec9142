import { createHmac } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { secrets } from "@/platform/config";

/** Which keys of a workspace sign: the newest by its generation, and for a while after a rotation the one before. */
export type SigningKeys = { generation: number; rotatedAt: Date | null; oldUntil: Date | null };
export const FIRST_KEYS: SigningKeys = { generation: 1, rotatedAt: null, oldUntil: null };

/** A workspace's key as receivers enter it: `whsec_` and base64, as Standard Webhooks (standardwebhooks.com) has it. */
export const webhookSecret = (workspace: WorkspaceId, generation = FIRST_KEYS.generation): string =>
  `whsec_${keyOf(workspace, generation).toString("base64")}`;

/** Derived, so that the database holds no key: a rotation changes only what it is derived from. */
const keyOf = (workspace: WorkspaceId, generation: number): Buffer =>
  createHmac("sha256", secrets().webhooks)
    .update(generation === 1 ? `workspace ${workspace}` : `workspace ${workspace} ${generation}`)
    .digest();

/**
 * The headers by which a receiver knows that a call is ours, new, and not a repeat: `webhook-id` stays the same over all attempts,
 * `webhook-signature` holds for each key that signs `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`, apart by spaces.
 */
export function signed(
  workspace: WorkspaceId,
  id: string,
  body: string,
  { generation, oldUntil }: SigningKeys,
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const generations = oldUntil !== null && oldUntil > now ? [generation, generation - 1] : [generation];
  const tags = generations.map(
    (one) => `v1,${createHmac("sha256", keyOf(workspace, one)).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": tags.join(" ") };
}
