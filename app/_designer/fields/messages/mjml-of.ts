import type { Purpose } from "@/core/message/channel";
import type { EmailBlock } from "@/core/message/channels/email";
import type { Locale } from "@/core/text";

const link = (text: string) =>
  `<mj-text align="center" font-size="12px"><a href="{{ links.unsubscribe }}">${text}</a></mj-text>`;
const UNSUBSCRIBE: Record<Locale, string> = { en: link("Unsubscribe"), "zh-CN": link("退订") };

/** A mail's blocks as an MJML document to go on from. Liquid stays as it is; what is text is escaped for markup. */
export function mjmlOf(blocks: EmailBlock[], locale: Locale, purpose: Purpose): string {
  return [
    "<mjml>",
    "  <mj-body>",
    "    <mj-section>",
    "      <mj-column>",
    ...blocks.map((block) => `        ${part(block)}`),
    ...(purpose === "marketing" ? [`        ${UNSUBSCRIBE[locale]}`] : []),
    "      </mj-column>",
    "    </mj-section>",
    "  </mj-body>",
    "</mjml>",
  ].join("\n");
}

function part(block: EmailBlock): string {
  switch (block.kind) {
    case "heading":
      return `<mj-text font-size="22px" font-weight="600">${escaped(block.text)}</mj-text>`;
    case "text":
      return `<mj-text line-height="1.6">${escaped(block.text).replaceAll("\n", "<br />")}</mj-text>`;
    case "button":
      return `<mj-button href="${escaped(block.url)}">${escaped(block.label)}</mj-button>`;
    case "coupon":
      return '<mj-text align="center">{{ coupon.name }}<br /><b>{{ coupon.code }}</b><br />{{ coupon.expires_at | date }}</mj-text>';
    default:
      return block satisfies never;
  }
}

/** Only outside of Liquid: a comparison in a tag is no markup. */
const escaped = (text: string): string =>
  text
    .split(/(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/)
    .map((piece, i) =>
      i % 2 === 1
        ? piece
        : piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    )
    .join("");
