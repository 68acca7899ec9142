import type { MemberId, WorkspaceId } from "@/core/ids";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { uuidBytes, uuidOf } from "@/core/uuid";
import { config } from "@/platform/config";
import { seal, unseal } from "@/platform/signed";

/** Whose link it is. The token carries it signed, so that a link works for ever and needs no table. */
export type LinkSubject = { workspace: WorkspaceId; member: MemberId; channel: ChannelKind };

/** `page` for a person, `oneClick` for a mail program's POST (RFC 8058). */
export function unsubscribeLinks(subject: LinkSubject): { page: string; oneClick: string } {
  const link = `${config().PUBLIC_API_URL}/u/${sign(subject)}`;
  return { page: link, oneClick: link };
}

export const sign = ({ workspace, member, channel }: LinkSubject): string =>
  seal(
    "unsubscribe",
    Buffer.concat([uuidBytes(workspace), uuidBytes(member), Buffer.from([CHANNELS.indexOf(channel)])]),
  );

/** The subject of a token that we signed; null for any other text. */
export function verify(token: string): LinkSubject | null {
  const body = unseal("unsubscribe", token);
  const channel = CHANNELS[body?.[32] ?? -1];
  if (body?.length !== 33 || !channel) return null;
  return {
    workspace: uuidOf(body.subarray(0, 16)) as WorkspaceId,
    member: uuidOf(body.subarray(16, 32)) as MemberId,
    channel,
  };
}
