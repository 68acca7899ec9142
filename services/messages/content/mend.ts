import { distance } from "./nearest";

const BLOCKS = new Set(["if", "unless", "case", "for", "tablerow", "capture"]);
const FILTERS = [
  "date",
  "money",
  "default",
  "upcase",
  "downcase",
  "capitalize",
  "escape",
  "size",
  "first",
  "last",
  "join",
  "plus",
  "minus",
  "times",
  "divided_by",
  "round",
  "floor",
  "ceil",
  "truncate",
  "replace",
  "remove",
  "append",
  "prepend",
  "strip",
  "slice",
  "split",
];

/** A template with its usual slips put right; the same template where there are none. Whether it then parses is the caller's to see. */
export const mend = (template: string): string => mendings(template).at(-1) ?? template;

/** The same template with one kind of slip after the other put right: what is wrong with it besides shows when the first no longer hides it. */
export function mendings(template: string): string[] {
  let text = template;
  return [closeValues, closeTags, sayEqual, nameFilters, endBlocks].map((put) => (text = put(text)));
}

/** `{{ member.name }` and `{{ member.name, thank you`: a value that began is closed where its name or its line ends. */
const closeValues = (text: string): string =>
  text
    .replace(/\{\{([^{}%]*?)\s*\}(?!\})/g, "{{$1 }}")
    .replace(/\{\{\s*([a-z_]+(?:\.\w+)*)(?![^{}]*\}\})/gi, "{{ $1 }}");

/** `{% if member.name }`. */
const closeTags = (text: string): string => text.replace(/\{%([^{}%]*?)\s*\}/g, "{%$1 %}");

/** `{% if member.tier = "gold" %}`. */
const sayEqual = (text: string): string =>
  text.replace(/(\{%-?\s*(?:if|elsif|unless)\s[^%]*?[^=!<>%])=(?=[^=])/g, "$1==");

/** `{{ event.total | mony }}`: the known filter that is at most two letters away. */
const nameFilters = (text: string): string =>
  text.replace(/(\{\{[^}]*?\|\s*)(\w+)/g, (all, before: string, name: string) => {
    if (FILTERS.includes(name)) return all;
    const near = FILTERS.filter((filter) => distance(filter, name) <= Math.min(2, filter.length - 2));
    return near.length === 1 ? `${before}${near[0]}` : all;
  });

/** What began and has no end ends with the text; what ends nothing goes. */
function endBlocks(text: string): string {
  const open: string[] = [];
  const kept = text.replace(/\{%-?\s*(end)?(\w+)[^%]*%\}/g, (tag, end: string | undefined, name: string) => {
    if (!BLOCKS.has(name)) return tag;
    if (!end) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return "";
    return tag;
  });
  return (
    kept +
    open
      .map((name) => `{% end${name} %}`)
      .toReversed()
      .join("")
  );
}
