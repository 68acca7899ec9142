import { sayDiscount } from "@/core/loyalty/discount-words";
import { nameIn } from "@/core/loyalty/offer-name";
import { type QrCode, qrCode } from "@/core/loyalty/qr-code";
import type { Locale } from "@/core/text";
import type { ShownCoupon } from "@/services/offers/shown-coupon";
import { inHtml, page } from "./page";

const STYLE = `
main{width:min(100%,24rem);box-sizing:border-box;text-align:center}h1{margin:.25rem 0 .5rem;font-size:1.5rem;overflow-wrap:anywhere}p{margin:0 0 .75rem}
.shop{font-size:.95rem}.qr{display:block;width:min(70vw,15rem);margin:1rem auto;background:#fff;border-radius:.75rem}
.code{font:700 1.6rem/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em;opacity:1;overflow-wrap:anywhere}
.over .code{text-decoration:line-through;opacity:.5}.state{font-weight:600;opacity:1;padding:.6rem 1rem;border-radius:.6rem;background:#b3261e1f}
.early .state{background:#8a64001f}.small{font-size:.9rem}
`;
/** Beyond this they are told by their number. */
const MOST_STORES = 8;

/** A coupon to be shown at the till: its code as a symbol and in letters, what it gives and until when. What cannot be used shows no symbol. */
export function couponPage(coupon: ShownCoupon, locale: Locale): string {
  const { code, state, expiresAt } = coupon;
  const symbol = state === "usable" ? qrCode(code) : undefined;
  const say = WORDS[locale];
  const lines = [
    `<p class="shop">${inHtml(coupon.workspaceName)}</p>`,
    `<p>${inHtml(sayDiscount(coupon.discount, coupon.currency)[locale])}</p>`,
    ...(state === "usable" ? [] : [`<p class="state" role="status">${inHtml(stateOf(coupon, locale))}</p>`]),
    ...(symbol ? [drawn(symbol, say.symbol(code))] : []),
    `<p class="code">${inHtml(code.replace(/(.{4})(?=.)/g, "$1 "))}</p>`,
    ...(state === "usable" ? [`<p class="small">${inHtml(say.show)}</p>`] : []),
    ...(expiresAt && (state === "usable" || state === "early")
      ? [`<p>${inHtml(say.until(date(expiresAt, coupon.zone, locale)))}</p>`]
      : []),
    ...storesOf(coupon.stores, locale),
    ...noteOf(coupon.note, locale),
  ];
  const isOver = state !== "usable" && state !== "early";
  return page(locale, nameIn(coupon, locale), `<div class="${isOver ? "over" : state}">${lines.join("")}</div>`, STYLE);
}

export function noCouponPage(locale: Locale): string {
  const t = {
    en: { title: "This link does not work", text: "It may have been cut off. Open it again from the message." },
    "zh-CN": { title: "链接无效", text: "链接可能不完整，请从消息中重新打开。" },
  }[locale];
  return page(locale, t.title, `<p>${inHtml(t.text)}</p>`);
}

const WORDS = {
  en: {
    show: "Show this at the till.",
    until: (day: string) => `Valid until ${day}`,
    symbol: (code: string) => `QR code of ${code}`,
  },
  "zh-CN": {
    show: "结账时向收银员出示。",
    until: (day: string) => `有效期至${day}`,
    symbol: (code: string) => `券码 ${code} 的二维码`,
  },
};

function stateOf({ state, startsAt, redeemedAt, expiresAt, zone }: ShownCoupon, locale: Locale): string {
  const on = (at: Date | null) => (at === null ? "" : date(at, zone, locale));
  const isEnglish = locale === "en";
  switch (state) {
    case "early":
      return isEnglish ? `Not valid yet: from ${on(startsAt)}` : `尚未生效：${on(startsAt)}起可用`;
    case "redeemed":
      return isEnglish ? `Used on ${on(redeemedAt)}` : `已于${on(redeemedAt)}使用`;
    case "void":
      return isEnglish ? "Withdrawn: it cannot be used" : "已作废，无法使用";
    case "expired":
      return isEnglish ? `Expired on ${on(expiresAt)}` : `已于${on(expiresAt)}过期`;
    case "usable":
      return "";
    default:
      return state satisfies never;
  }
}

const date = (at: Date, timeZone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(at);

function storesOf(stores: string[] | null, locale: Locale): string[] {
  if (stores === null) return [];
  const isEnglish = locale === "en";
  // Its stores are gone: the till would say so.
  if (stores.length === 0)
    return [`<p class="small">${isEnglish ? "No store takes it at the moment." : "目前没有可用门店。"}</p>`];
  const named = stores.slice(0, MOST_STORES).join(isEnglish ? ", " : "、");
  const more = stores.length - MOST_STORES;
  const rest = more <= 0 ? "" : isEnglish ? ` and ${more} more` : `等 ${stores.length} 家`;
  return [`<p class="small">${inHtml(`${isEnglish ? "At: " : "适用门店："}${named}${rest}`)}</p>`];
}

function noteOf(note: ShownCoupon["note"], locale: Locale): string[] {
  const text = typeof note === "object" ? (note[locale] ?? note.en ?? note["zh-CN"]) : note;
  return text ? [`<p class="small">${inHtml(text)}</p>`] : [];
}

/** With the quiet zone of four modules that a reader needs. */
function drawn(modules: QrCode, label: string): string {
  const side = modules.length + 8;
  const path = modules
    .flatMap((line, row) => line.flatMap((isDark, column) => (isDark ? [`M${column + 4} ${row + 4}h1v1h-1z`] : [])))
    .join("");
  return `<svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="${inHtml(label)}" shape-rendering="crispEdges"><path d="${path}" fill="#000"/></svg>`;
}
