import { escaped } from "./escaped";
import { LIQUID } from "./liquid-text";

/** Stand for what is put back at the end, Liquid and tags; private use, so that no text means them. */
const [OPEN, CLOSE] = ["\uE000", "\uE001"];
const KEPT = /\uE000(\d+)\uE001/g;
// An address may hold a pair of brackets, as those of encyclopedias do.
const LINK = /\[([^[\]\n]{1,500})\]\(((?:[^()\s]|\([^()\s]{0,200}\)){1,2000})\)/g;
const BOLD = /\*\*(?=[^\s*])([^\n]+?)(?<=[^\s*])\*\*/g;
// Not in 2*3*4.
const ITALIC = /(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])/g;
const LITERAL = /\\([*[\]\\])/g;

/** Whether a text may hold **bold**, *italic* or a [link](https://…): where nothing of these signs stands, it is plain. */
export const isRich = (template: string): boolean => /[*\\]|\]\(/.test(template);

/**
 * A mail's text as HTML with its Liquid in it, untouched: **bold**, *italic* (each within a line) and [words](address) are marked, everything
 * else is text and escaped; `\*` is a star. What Liquid fills in must be escaped where it lands: it marks nothing.
 */
export function richHtml(template: string): string {
  const kept: string[] = [];
  const keep = (whole: string) => `${OPEN}${kept.push(whole) - 1}${CLOSE}`;
  const marked = escaped(
    template
      .replace(/[\uE000\uE001]/g, "")
      .replace(LIQUID, keep)
      .replace(LITERAL, (_, sign: string) => keep(sign)),
  )
    .replace(LINK, (_, words: string, url: string) => `${keep(`<a href="${url}">`)}${words}${keep("</a>")}`)
    .replace(BOLD, "<strong>$1</strong>")
    .replace(ITALIC, "<em>$1</em>");
  // An address has Liquid of its own in it.
  const back = (text: string): string => text.replace(KEPT, (_, at: string) => back(kept[Number(at)] ?? ""));
  return back(marked);
}

/** The addresses that a text links to, as they are written. */
export const linksIn = (template: string): string[] => {
  const kept: string[] = [];
  return [...template.replace(LIQUID, (token) => `${OPEN}${kept.push(token) - 1}${CLOSE}`).matchAll(LINK)].map(
    ([, , url = ""]) => url.replace(KEPT, (_, at: string) => kept[Number(at)] ?? ""),
  );
};

const TAG = /<(\/?)(strong|em|a)\b[^>]*>/g;

/** Closes what was left open and drops what closes nothing: of `{% if … %}**{% endif %}` only a half may have been taken. */
export function balanced(html: string): string {
  const open: string[] = [];
  const kept = html.replace(TAG, (tag, ends: string, name: string) => {
    if (!ends) {
      open.push(name);
      return tag;
    }
    const from = open.lastIndexOf(name);
    if (from < 0) return "";
    return open
      .splice(from)
      .reverse()
      .map((one) => `</${one}>`)
      .join("");
  });
  return (
    kept +
    open
      .reverse()
      .map((one) => `</${one}>`)
      .join("")
  );
}
