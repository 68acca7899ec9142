import type { Purpose } from "@/core/message/channel";
import type { EmailBlock } from "@/core/message/channels/email";
import type { Text } from "@/core/text";

/** Marks a place in the compiled HTML; letters and digits alone, so that MJML passes it on unchanged anywhere. */
export const slot = (name: string | number): string => `zqSLOT${name}zq`;
export const SLOT = /zqSLOT([a-z0-9]+?)zq/g;

export const WORDS = {
  unsubscribe: { en: "Unsubscribe", "zh-CN": "退订" },
  preferences: { en: "Preferences", "zh-CN": "偏好设置" },
  validUntil: { en: "Valid until", "zh-CN": "有效期至" },
} satisfies Record<string, Text>;

const FONTS =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', Helvetica, Arial, sans-serif";

/**
 * The MJML of a mail made of blocks. It depends on the kinds of the blocks only: every word of the marketer's and the member's goes
 * into a slot of the compiled HTML, so one compilation serves all mails of this shape.
 */
export function emailLayout(
  blocks: readonly EmailBlock[],
  purpose: Purpose,
  links: { unsubscribe: boolean; preferences: boolean },
): string {
  const body = blocks.map((block, at) => {
    switch (block.kind) {
      case "heading":
        return `<mj-text font-size="24px" font-weight="700" line-height="32px" color="#14211a">${slot(`t${at}`)}</mj-text>`;
      case "text":
        return `<mj-text>${slot(`t${at}`)}</mj-text>`;
      case "button":
        return `<mj-button href="${slot(`u${at}`)}" background-color="#1f7a4d" border-radius="8px" font-size="16px" inner-padding="12px 24px" align="left">${slot(`t${at}`)}</mj-button>`;
      case "coupon":
        return [
          '<mj-table padding="8px 25px"><tr><td style="border:1px dashed #1f7a4d;border-radius:8px;background:#f2faf5;padding:16px 20px;text-align:center">',
          `<div style="font-size:16px;color:#14211a">${slot("couponname")}</div>`,
          `<div style="font-size:20px;line-height:28px;font-weight:700;letter-spacing:1px;white-space:nowrap;color:#1f7a4d;padding:6px 0;font-family:Menlo,Consolas,monospace">${slot("couponcode")}</div>`,
          `<div style="font-size:13px;color:#5c6b63">${slot("couponends")}</div></td></tr></mj-table>`,
        ].join("");
      default:
        return block satisfies never;
    }
  });
  const link = (name: "unsubscribe" | "preferences") =>
    `<a href="${slot(`${name}url`)}" style="color:#5c6b63">${slot(`${name}word`)}</a>`;
  const ways = [
    purpose === "marketing" && links.unsubscribe && link("unsubscribe"),
    links.preferences && link("preferences"),
  ].filter(Boolean);
  return `<mjml lang="${slot("lang")}"><mj-head><mj-attributes><mj-all font-family="${FONTS}" /><mj-text font-size="16px" line-height="26px" color="#2c3a33" /></mj-attributes>
<mj-preview>${slot("preheader")}</mj-preview></mj-head>
<mj-body background-color="#eef2ef"><mj-section padding="24px 0 0"></mj-section><mj-section background-color="#ffffff" border-radius="12px"><mj-column>${body.join("\n")}</mj-column></mj-section>
<mj-section><mj-column><mj-text align="center" font-size="13px" line-height="20px" color="#5c6b63">${slot("workspace")}${ways.length > 0 ? `<br />${ways.join(" · ")}` : ""}</mj-text></mj-column></mj-section></mj-body></mjml>`;
}
