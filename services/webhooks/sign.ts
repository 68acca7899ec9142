import { createHmac } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { secrets } from "@/platform/config";

/** A workspace's key as receivers enter it: `whsec_` and base64, as Standard Webhooks (standardwebhooks.com) has it. */
export const webhookSecret = (workspace: WorkspaceId): string => `whsec_${keyOf(workspace).toString("base64")}`;

const keyOf = (workspace: WorkspaceId): Buffer =>
  createHmac("sha256", secrets().webhooks).update(`workspace ${workspace}`).digest();

/**
 * The headers by which a receiver knows that a call is ours, new, and not a repeat: `webhook-id` stays the same over all attempts,
 * `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>` under the workspace's key.
 */
export function signed(workspace: WorkspaceId, id: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const tag = createHmac("sha256", keyOf(workspace)).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${tag}` };
}
