const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  middot: "·",
  copy: "©",
};
const SILENT = new Set(["head", "style", "script", "title"]);
const BREAKS = new Set(["br", "/p", "/div", "/tr", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "/li", "/table"]);

/** The text part of a mail whose HTML the marketer made: words, links in brackets, one line a block. One pass, whatever the input. */
export function plainText(html: string): string {
  let text = "";
  let href: string | undefined;
  let linkFrom = 0;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf("<", at);
    text += decoded((open < 0 ? html.slice(at) : html.slice(at, open)).replace(/\s+/g, " "));
    if (open < 0) break;
    const isComment = html.startsWith("<!--", open);
    const close = html.indexOf(isComment ? "-->" : ">", open);
    if (close < 0) break;
    at = close + (isComment ? 3 : 1);
    if (isComment) continue;
    const tag = html.slice(open + 1, close);
    const name = /^\/?[a-z0-9]*/i.exec(tag)?.[0].toLowerCase() ?? "";
    if (SILENT.has(name)) {
      const end = html.indexOf(`</${name}`, at);
      at = end < 0 ? html.length : end;
    } else if (BREAKS.has(name)) text += "\n";
    else if (name === "a") {
      href = decoded(/\shref="([^"]*)"/i.exec(tag)?.[1] ?? "");
      linkFrom = text.length;
    } else if (name === "/a" && href) {
      const words = text.slice(linkFrom).trim();
      if (words !== href) text += words === "" ? href : ` (${href})`;
      href = undefined;
    }
  }
  return text
    .split("\n")
    .map((line) => line.replace(/ +/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** A text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
      const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? "", 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
