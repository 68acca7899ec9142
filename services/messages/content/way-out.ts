import { escaped } from "@/core/message/escaped";

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** What stands before an address that a link leads to. */
const OPENS = /^<a\s(?:[^<>]*\s)?href\s*=\s*["']?$/i;
/** Nobody writes a link with more before its address. */
const LONGEST = 4_000;

/** Markup without what no reader sees. Takes MJML and HTML of any size: the time grows with its length only. */
export const withoutComments = (markup: string): string => markup.replace(COMMENT, "");

/** Whether a mail's HTML has a link that leads to the address: one in a comment, or as mere words, leads nobody out. */
export function hasLinkTo(html: string, address: string): boolean {
  const seen = withoutComments(html);
  return [...new Set([escaped(address), address])].some((written) => {
    for (let at = seen.indexOf(written); at >= 0; at = seen.indexOf(written, at + written.length)) {
      const opened = seen.lastIndexOf("<", at);
      const isWhole = /["'\s>]/.test(seen.charAt(at + written.length));
      if (opened >= 0 && at - opened < LONGEST && isWhole && OPENS.test(seen.slice(opened, at))) return true;
    }
    return false;
  });
}
