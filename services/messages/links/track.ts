import type { ChannelKind, Rendered } from "@/core/message/channel";
import { SMS_LIMIT } from "@/core/message/channels/sms";
import type { MessagingSettings } from "@/core/message/settings";
import { config } from "@/platform/config";
import { MOST_LINKS, OPENING, type Place, signPlace } from "./token";

const HREF = /\bhref="(https?:\/\/[^"]+)"/gi;
/** An address in running text ends before blanks, quotes and Chinese signs; a full stop or bracket at its end belongs to the sentence. */
const IN_TEXT =
  /https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+?(?=[.,;:!?)\]]*(?:[\s<>"'\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]|$))/gi;

/** A message ready to leave, whose links lead through us. `links`: where those of a text lead, as their addresses are too short to say it. */
export type Tracked<K extends ChannelKind = ChannelKind> = { content: Rendered[K]; links: string[] };

/**
 * Leads a message's links through ours, so that a click is known, and puts the opening picture into mail where the workspace wants it. Links of
 * our own (to unsubscribe) stay. Mail and push carry their target in the address, signed, so they work for ever; a text's short links are
 * looked up in its row.
 */
export function track(
  place: Place,
  channel: ChannelKind,
  content: Rendered[ChannelKind],
  { tracksLinks, tracksOpens }: Pick<MessagingSettings, "tracksLinks" | "tracksOpens">,
): Tracked {
  if (channel === "sms" && "text" in content && !("html" in content))
    return tracksLinks ? text(place, content) : { content, links: [] };
  if ("html" in content) return { content: mail(place, content, { tracksLinks, tracksOpens }), links: [] };
  if ("title" in content && content.url !== undefined && tracksLinks && /^https?:/i.test(content.url))
    return { content: { ...content, url: through(place, 0, content.url) }, links: [] };
  return { content, links: [] };
}

const isOwn = (url: string): boolean => url.startsWith(`${config().PUBLIC_API_URL}/`);
const through = (place: Place, nth: number, url: string): string =>
  `${config().PUBLIC_API_URL}/l/${signPlace(place, nth, url)}?u=${encodeURIComponent(url)}`;

function text(place: Place, content: { text: string }): Tracked<"sms"> {
  const links: string[] = [];
  const whole = content.text.replace(IN_TEXT, (url) => {
    if (isOwn(url) || links.length >= MOST_LINKS) return url;
    links.push(url);
    return `${config().PUBLIC_API_URL}/l/${signPlace(place, links.length - 1)}`;
  });
  return whole.length > SMS_LIMIT ? { content, links: [] } : { content: { text: whole }, links };
}

function mail(
  place: Place,
  content: Rendered["email"],
  { tracksLinks, tracksOpens }: Pick<MessagingSettings, "tracksLinks" | "tracksOpens">,
): Rendered["email"] {
  let nth = 0;
  let { html } = content;
  if (tracksLinks)
    html = html.replace(HREF, (whole, escaped: string) => {
      const url = unescaped(escaped);
      if (isOwn(url) || nth >= MOST_LINKS) return whole;
      return `href="${through(place, nth++, url)}"`;
    });
  if (tracksOpens) {
    const picture = `<img src="${config().PUBLIC_API_URL}/o/${signPlace(place, OPENING)}.gif" width="1" height="1" alt="" style="display:none" />`;
    html = html.includes("</body>") ? html.replace(/<\/body>(?![\s\S]*<\/body>)/, `${picture}</body>`) : html + picture;
  }
  return { ...content, html };
}

const SIGNS: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const unescaped = (url: string): string => url.replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => SIGNS[sign] ?? sign);
