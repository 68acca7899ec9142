import { createHmac, timingSafeEqual } from "node:crypto";
import { canonical } from "@/core/hash";
import type { WorkspaceId } from "@/core/ids";
import { secrets } from "@/platform/config";

const GOOD_FOR_MS = 15 * 60_000;

/** A token that says: this was asked, so many runs were told, until then it may be confirmed. */
export function seen(workspace: WorkspaceId, asked: object, count: number, now: Date): string {
  const told = `${count}.${now.getTime() + GOOD_FOR_MS}`;
  return `${told}.${mac(workspace, asked, told)}`;
}

/** How many runs were told by a token of ours for exactly this; undefined for any other text. */
export function whatWasSeen(
  workspace: WorkspaceId,
  asked: object,
  token: string,
  now: Date,
): number | "expired" | undefined {
  const [count = "", until = "", tag = ""] = token.split(".");
  const [wanted, given] = [Buffer.from(mac(workspace, asked, `${count}.${until}`)), Buffer.from(tag)];
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined;
  return Number(until) < now.getTime() ? "expired" : Number(count);
}

const mac = (workspace: WorkspaceId, asked: object, told: string): string =>
  createHmac("sha256", secrets().links)
    .update("seen ")
    .update(canonical({ workspace, asked, told }))
    .digest("base64url");
