import { createHmac, timingSafeEqual } from "node:crypto";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { config, secrets } from "@/platform/config";

/** Whose link it is. The token carries it signed, so that a link works for ever and needs no table. */
export type LinkSubject = { workspace: WorkspaceId; member: MemberId; channel: ChannelKind };

/** `page` for a person, `oneClick` for a mail program's POST (RFC 8058). */
export function unsubscribeLinks(subject: LinkSubject): { page: string; oneClick: string } {
  const link = `${config().PUBLIC_API_URL}/u/${sign(subject)}`;
  return { page: link, oneClick: link };
}

export function sign({ workspace, member, channel }: LinkSubject): string {
  const bytes = Buffer.concat([
    Buffer.from(workspace.replaceAll("-", ""), "hex"),
    Buffer.from(member.replaceAll("-", ""), "hex"),
    Buffer.from([CHANNELS.indexOf(channel)]),
  ]);
  return `${bytes.toString("base64url")}.${mac(bytes)}`;
}

/** The subject of a token that we signed; null for any other text. */
export function verify(token: string): LinkSubject | null {
  const [body, tag] = token.split(".");
  const bytes = Buffer.from(body ?? "", "base64url");
  const channel = CHANNELS[bytes[32] ?? -1];
  if (bytes.length !== 33 || !tag || !channel) return null;
  const wanted = Buffer.from(mac(bytes));
  const given = Buffer.from(tag);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null;
  return {
    workspace: uuid(bytes.subarray(0, 16)) as WorkspaceId,
    member: uuid(bytes.subarray(16, 32)) as MemberId,
    channel,
  };
}

const mac = (bytes: Buffer): string =>
  createHmac("sha256", secrets().links)
    .update("unsubscribe ")
    .update(bytes)
    .digest()
    .subarray(0, 16)
    .toString("base64url");
const uuid = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
