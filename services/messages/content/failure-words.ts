import type { Text } from "@/core/text";
import type { RenderFailure } from "./content-failed";
import { sayMistake } from "./mistake";

/** Why content cannot be filled in, said to whoever writes it. What MJML itself says stays as it said it. */
export function sayFailure({ cause, detail = "" }: RenderFailure): Text {
  switch (cause) {
    case "syntax":
      return sayMistake(detail);
    case "limit":
      return {
        en: "The template asks for too much work: make it shorter, with fewer and smaller loops.",
        "zh-CN": "模板的运算量过大：请缩短模板，减少循环及其次数。",
      };
    case "coupon_missing":
      return {
        en: "The message names a coupon that the run does not hold here: a reward must lie before this step.",
        "zh-CN": "消息提到了优惠券，但运行到此没有该券：请在此步骤之前发放奖励。",
      };
    case "not_text":
      return objectWords(detail);
    case "no_unsubscribe":
      return detail.startsWith("no link")
        ? NO_WAY_OUT
        : { en: "A promotion needs a way to unsubscribe.", "zh-CN": "营销消息须有退订方式。" };
    case "empty":
      return emptyWords(detail);
    case "too_long":
      return longWords(detail);
    case "bad_link":
      return linkWords(detail);
    case "mjml":
      return mjmlWords(detail);
    default:
      return cause satisfies never;
  }
}

const NO_WAY_OUT: Text = {
  en: 'No link in this mail leads to {{ links.unsubscribe }}: a promotion needs one that every reader sees, as in <a href="{{ links.unsubscribe }}">; in a comment it leads nobody.',
  "zh-CN":
    '此邮件没有指向 {{ links.unsubscribe }} 的链接：营销邮件须有每位读者都能看到的退订链接，例如 <a href="{{ links.unsubscribe }}">；写在注释中无效。',
};

function objectWords(detail: string): Text {
  const place = detail.replace(/ is an object.*$/s, "");
  return {
    en: `“${place}” is an object or a list of objects, which nobody can read: name one of its fields, or go through the list with a loop.`,
    "zh-CN": `“${place}”的值是对象或对象列表，无法作为文字显示：请写明其中的字段，或用循环逐项列出。`,
  };
}

const PARTS: Record<string, string> = { subject: "主题", title: "标题", text: "内容" };

function emptyWords(detail: string): Text {
  const part = /^the (\w+)/.exec(detail)?.[1] ?? "text";
  return { en: `Filled in, the ${part} is empty.`, "zh-CN": `填入变量后，${PARTS[part] ?? PARTS.text}为空。` };
}

function longWords(detail: string): Text {
  const [has = "", most = ""] = detail.match(/\d+/g) ?? [];
  return {
    en: `Filled in, it has ${has} characters; at most ${most} are allowed.`,
    "zh-CN": `填入变量后有 ${has} 个字符，最多 ${most} 个。`,
  };
}

function linkWords(detail: string): Text {
  const [, url = "", what = "address"] = /^(.*) is no (.*)$/s.exec(detail) ?? [];
  const isPicture = what.includes("image");
  if (url === "nothing" || url === "")
    return isPicture
      ? {
          en: "An image has no address: give one that begins with https://.",
          "zh-CN": "图片没有地址：请填写以 https:// 开头的地址。",
        }
      : {
          en: "A link has no address: give one that begins with https://.",
          "zh-CN": "链接没有地址：请填写以 https:// 开头的地址。",
        };
  return isPicture
    ? {
        en: `“${url}” is no address of an image: it begins with https://.`,
        "zh-CN": `“${url}”不是图片地址：图片地址以 https:// 开头。`,
      }
    : {
        en: `“${url}” is no address: links begin with https://, mailto: or tel:.`,
        "zh-CN": `“${url}”不是有效地址：链接以 https://、mailto: 或 tel: 开头。`,
      };
}

function mjmlWords(detail: string): Text {
  const lost = /^(.*) stands where MJML keeps no text/s.exec(detail)?.[1];
  if (lost !== undefined)
    return {
      en: `${lost} stands where MJML keeps no text: put it into <mj-raw>.`,
      "zh-CN": `${lost} 所在的位置 MJML 不保留文字：请放进 <mj-raw>。`,
    };
  return { en: `The mail's MJML has a mistake: ${detail}`, "zh-CN": `邮件的 MJML 有误：${detail}` };
}
