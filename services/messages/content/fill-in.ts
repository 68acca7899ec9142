import type { ChannelKind, Purpose } from "@/core/message/channel";
import type { Scope } from "@/core/message/scope";
import { render } from "./render";

type Any = (
  kind: ChannelKind,
  content: never,
  scope: Scope,
  purpose: Purpose,
) => ReturnType<typeof render<ChannelKind>>;

/** `render` ties content to its channel by overload; here the channel is a variable, and the content has passed its channel's schema. */
export const fillIn = (
  channel: ChannelKind,
  content: unknown,
  scope: Scope,
  purpose: Purpose,
): ReturnType<typeof render<ChannelKind>> => {
  const any: Any = render;
  return any(channel, content as never, scope, purpose);
};
