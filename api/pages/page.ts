import type { Locale } from "@/core/text";

/** A text as it may stand in a page. */
export const inHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** One small page for a phone: no script, nothing from elsewhere. */
export const page = (locale: Locale, title: string, body: string, style = ""): string => `<!doctype html>
<html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${inHtml(title)}</title>
<style>
:root{color-scheme:light dark;font:16px/1.6 system-ui,"PingFang SC","Noto Sans SC",sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{max-width:26rem;padding:2rem}h1{font-size:1.4rem;margin:0 0 .75rem}p{margin:0 0 1.5rem;opacity:.8}
button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:.6rem;background:#1f6f50;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #1f6f5080;outline-offset:2px}
${style}</style><main><h1>${inHtml(title)}</h1>${body}</main></html>`;
