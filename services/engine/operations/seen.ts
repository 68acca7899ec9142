import { canonical } from "@/core/hash";
import type { WorkspaceId } from "@/core/ids";
import { isSigned, signature } from "@/platform/signed";

const GOOD_FOR_MS = 15 * 60_000;

/** A token that says: this was asked, so many runs were told, until then it may be confirmed. */
export function seen(workspace: WorkspaceId, asked: object, count: number, now: Date): string {
  const told = `${count}.${now.getTime() + GOOD_FOR_MS}`;
  return `${told}.${signature("seen", [canonical({ workspace, asked, told })]).toString("base64url")}`;
}

/** How many runs were told by a token of ours for exactly this; undefined for any other text. */
export function whatWasSeen(
  workspace: WorkspaceId,
  asked: object,
  token: string,
  now: Date,
): number | "expired" | undefined {
  const [count = "", until = "", tag = ""] = token.split(".");
  const told = `${count}.${until}`;
  if (!isSigned("seen", [canonical({ workspace, asked, told })], Buffer.from(tag, "base64url"))) return undefined;
  return Number(until) < now.getTime() ? "expired" : Number(count);
}
