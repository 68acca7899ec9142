import type { Purpose } from "@/core/message/channel";
import type { EmailBlock, EmailCell } from "@/core/message/channels/email-blocks";
import type { Text } from "@/core/text";

/** Marks a place in the compiled HTML; letters and digits alone, so that MJML passes it on unchanged anywhere. */
export const slot = (name: string | number): string => `zqSLOT${name}zq`;
export const SLOT = /zqSLOT([a-z0-9]+?)zq/g;

/** By what a block's slots are called, from its place in the content. */
export const keyOf = ([, at, , column, i]: readonly (string | number)[]): string =>
  column === undefined ? `${at}` : `${at}c${column}b${i}`;

export const WORDS = {
  unsubscribe: { en: "Unsubscribe", "zh-CN": "退订" },
  validUntil: { en: "Valid until", "zh-CN": "有效期至" },
} satisfies Record<string, Text>;

const FONTS =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', Helvetica, Arial, sans-serif";

/** Where a mail program follows the reader's dark screen; others show the light one. `!important` is what wins over inline styles. */
const STYLE = `.words a{color:#1f7a4d}
@media (prefers-color-scheme:dark){
body,.page,.page>div{background:#141a17!important}
.card,.card>table{background:#1e2622!important}
.ink div,.coupon div{color:#e3ebe6!important}
.soft div,.soft a,.coupon .end{color:#9db0a6!important}
.words a,.coupon .code{color:#6fd3a0!important}
.line p{border-top-color:#38453e!important}
.coupon{background:#19241e!important;border-color:#6fd3a0!important}
}`;

/**
 * The MJML of a mail made of blocks. It depends on the kinds of the blocks and their shape only: every word of the marketer's and the member's
 * goes into a slot of the compiled HTML, so one compilation serves all mails of this shape.
 */
export function emailLayout(blocks: readonly EmailBlock[], purpose: Purpose, links: { unsubscribe: boolean }): string {
  const way =
    purpose === "marketing" && links.unsubscribe
      ? `<br /><a href="${slot("unsubscribeurl")}" style="color:#5c6b63">${slot("unsubscribeword")}</a>`
      : "";
  const small = blocks.flatMap((block, at) => (block.kind === "footer" ? slot(`t${at}`) : []));
  const foot = [...small, `${slot("workspace")}${way}`];
  return `<mjml lang="${slot("lang")}"><mj-head><mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
<mj-attributes><mj-all font-family="${FONTS}" /><mj-text font-size="16px" line-height="26px" color="#2c3a33" css-class="ink words" /></mj-attributes>
<mj-style>${STYLE}</mj-style><mj-preview>${slot("preheader")}</mj-preview></mj-head>
<mj-body background-color="#eef2ef" css-class="page"><mj-section padding="24px 0 0"></mj-section>
<mj-wrapper background-color="#ffffff" border-radius="12px" padding="20px 0" css-class="card">${sections(blocks).join("\n")}</mj-wrapper>
<mj-section><mj-column>${foot.map((words) => `<mj-text align="center" font-size="13px" line-height="20px" color="#5c6b63" css-class="soft words">${words}</mj-text>`).join("")}</mj-column></mj-section></mj-body></mjml>`;
}

/** Blocks below each other share a section; those side by side are one of their own. */
function sections(blocks: readonly EmailBlock[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) found.push(section([open]));
    open = [];
  };
  blocks.forEach((block, at) => {
    if (block.kind === "columns") {
      close();
      found.push(
        section(
          block.columns.map((column, c) => column.map((cell, i) => part(cell, keyOf(["blocks", at, "columns", c, i])))),
        ),
      );
    } else if (block.kind !== "footer") open.push(part(block, keyOf(["blocks", at])));
  });
  close();
  return found.length > 0 ? found : [section([[]])];
}

const section = (columns: string[][]): string =>
  `<mj-section padding="0">${columns.map((column) => `<mj-column>${column.join("\n")}</mj-column>`).join("")}</mj-section>`;

/** `key`: what the block's slots are called by. */
function part(block: EmailCell | Extract<EmailBlock, { kind: "coupon" }>, key: string): string {
  switch (block.kind) {
    case "heading":
      return `<mj-text font-size="24px" font-weight="700" line-height="32px" color="#14211a" css-class="ink">${slot(`t${key}`)}</mj-text>`;
    case "text":
      return `<mj-text>${slot(`t${key}`)}</mj-text>`;
    case "button":
      return `<mj-button href="${slot(`u${key}`)}" background-color="#1f7a4d" border-radius="8px" font-size="16px" inner-padding="12px 24px" align="left">${slot(`t${key}`)}</mj-button>`;
    case "image":
      return `<mj-image src="${slot(`s${key}`)}" alt="${slot(`a${key}`)}" border-radius="8px"${block.width ? ` width="${block.width}px"` : ' fluid-on-mobile="true"'}${block.link ? ` href="${slot(`u${key}`)}"` : ""} />`;
    case "divider":
      return '<mj-divider border-width="1px" border-color="#dbe3de" css-class="line" />';
    case "coupon":
      return [
        '<mj-table padding="8px 25px"><tr><td class="coupon" style="border:1px dashed #1f7a4d;border-radius:8px;background:#f2faf5;padding:16px 20px;text-align:center">',
        `<div style="font-size:16px;color:#14211a">${slot(`n${key}`)}</div>`,
        `<div class="code" style="font-size:20px;line-height:28px;font-weight:700;letter-spacing:1px;white-space:nowrap;color:#1f7a4d;padding:6px 0;font-family:Menlo,Consolas,monospace">${slot(`c${key}`)}</div>`,
        `<div class="end" style="font-size:13px;color:#5c6b63">${slot(`e${key}`)}</div></td></tr></mj-table>`,
      ].join("");
    default:
      return block satisfies never;
  }
}
