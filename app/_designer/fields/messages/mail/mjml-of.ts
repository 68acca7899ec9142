import type { Purpose } from "@/core/message/channel";
import { type EmailBlock, type EmailCell, ticketOf } from "@/core/message/channels/email-blocks";
import { escaped } from "@/core/message/escaped";
import { LIQUID } from "@/core/message/liquid-text";
import { balanced, richHtml } from "@/core/message/rich-text";
import type { Locale } from "@/core/text";

const UNSUBSCRIBE: Record<Locale, string> = { en: "Unsubscribe", "zh-CN": "退订" };
const small = (html: string) => `<mj-text align="center" font-size="12px">${html}</mj-text>`;

/** A mail's blocks as an MJML document to go on from. Liquid stays as it is; what is text is escaped for markup. */
export function mjmlOf(blocks: EmailBlock[], locale: Locale, purpose: Purpose): string {
  const foot = [
    ...blocks.flatMap((block) => (block.kind === "footer" ? small(marked(block.text)) : [])),
    ...(purpose === "marketing" ? [small(`<a href="{{ links.unsubscribe }}">${UNSUBSCRIBE[locale]}</a>`)] : []),
  ];
  return [
    "<mjml>",
    "  <mj-body>",
    ...sections(blocks),
    ...(foot.length > 0 ? section([foot]) : []),
    "  </mj-body>",
    "</mjml>",
  ].join("\n");
}

function sections(blocks: EmailBlock[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) found.push(...section([open]));
    open = [];
  };
  for (const block of blocks) {
    if (block.kind === "columns") {
      close();
      found.push(...section(block.columns.map((column) => column.map(part))));
    } else if (block.kind !== "footer") open.push(part(block));
  }
  close();
  return found;
}

const section = (columns: string[][]): string[] => [
  "    <mj-section>",
  ...columns.flatMap((parts) => ["      <mj-column>", ...parts.map((one) => `        ${one}`), "      </mj-column>"]),
  "    </mj-section>",
];

function part(block: EmailCell | Extract<EmailBlock, { kind: "coupon" }>): string {
  switch (block.kind) {
    case "heading":
      return `<mj-text font-size="22px" font-weight="600">${bare(block.text)}</mj-text>`;
    case "text":
      return `<mj-text line-height="1.6">${marked(block.text)}</mj-text>`;
    case "button":
      return `<mj-button href="${bare(block.url)}">${bare(block.label)}</mj-button>`;
    case "image":
      return `<mj-image src="${bare(block.url)}" alt="${bare(block.alt)}"${block.width ? ` width="${block.width}px"` : ""}${block.link ? ` href="${bare(block.link)}"` : ""} />`;
    case "divider":
      return '<mj-divider border-width="1px" border-color="#dbe3de" />';
    case "coupon": {
      const coupon = ticketOf(block);
      return `<mj-text align="center">{{ ${coupon}.name }}<br /><b>{{ ${coupon}.code }}</b><br />{{ ${coupon}.expires_at | date }}</mj-text>`;
    }
    default:
      return block satisfies never;
  }
}

const marked = (text: string): string => balanced(richHtml(text)).replaceAll("\n", "<br />");

/** Only outside of Liquid: a comparison in a tag is no markup. */
function bare(text: string): string {
  const liquid = text.match(LIQUID) ?? [];
  return text
    .split(LIQUID)
    .map((piece, i) => escaped(piece) + (liquid[i] ?? ""))
    .join("");
}
