import { createHmac, timingSafeEqual } from "node:crypto";
import type { MessageId, WorkspaceId } from "@/core/ids";
import { secrets } from "@/platform/config";

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
  const body = Buffer.concat([bytesOf(workspace).subarray(12), bytesOf(message), Buffer.from([nth])]);
  return Buffer.concat([body, mac(body, url)]).toString("base64url");
}

/** What a token says, if it is ours for exactly this address; null for any other text. */
export function readPlace(token: string, url = ""): Read | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== BODY_BYTES + MAC_BYTES) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  if (!timingSafeEqual(mac(body, url), bytes.subarray(BODY_BYTES))) return null;
  const hex = body.subarray(4, 20).toString("hex");
  return {
    workspaceTail: body.subarray(0, 4).toString("hex"),
    message: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") as MessageId,
    nth: body[20] ?? 0,
  };
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll("-", ""), "hex");
const mac = (body: Buffer, url: string): Buffer =>
  createHmac("sha256", secrets().links).update("place ").update(body).update(url).digest().subarray(0, MAC_BYTES);
