import type { MessageId, WorkspaceId } from "@/core/ids";
import { uuidBytes, uuidOf } from "@/core/uuid";
import { isSigned, signature } from "@/platform/signed";

/** A place in one message: its nth link, or the picture that tells of its opening. */
export type Place = { workspace: WorkspaceId; message: MessageId };
export type Read = {
  /** The last eight hex digits of the workspace's id. */
  workspaceTail: string;
  message: MessageId;
  nth: number;
};

export const MOST_LINKS = 60;
export const OPENING = 255;
const MAC_BYTES = 8;
const BODY_BYTES = 4 + 16 + 1;

/** A short signed token, 39 characters. `url`: what else the signature vouches for, when the address itself stands beside it. */
export function signPlace({ workspace, message }: Place, nth: number, url = ""): string {
  const body = Buffer.concat([uuidBytes(workspace).subarray(12), uuidBytes(message), Buffer.from([nth])]);
  return Buffer.concat([body, signature("place", [body, url], MAC_BYTES)]).toString("base64url");
}

/** What a token says, if it is ours for exactly this address; null for any other text. */
export function readPlace(token: string, url = ""): Read | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== BODY_BYTES + MAC_BYTES) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  if (!isSigned("place", [body, url], bytes.subarray(BODY_BYTES), MAC_BYTES)) return null;
  return {
    workspaceTail: body.subarray(0, 4).toString("hex"),
    message: uuidOf(body.subarray(4, 20)) as MessageId,
    nth: body[20] ?? 0,
  };
}
