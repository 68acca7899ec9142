/** One cell: text, a number, a list (joined by commas), or nothing. */
export type Cell = string | number | boolean | readonly string[] | null | undefined;

/** Tells spreadsheets that the file is UTF-8; without it Excel reads Chinese as nonsense. */
export const CSV_START = "\uFEFF";

/** What a spreadsheet takes for a formula (OWASP, CSV injection). A signed number is none: nothing but its value can come of it. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+([.]\d+)?$/;

/** One line of RFC 4180, CRLF included. A text that a spreadsheet would run as a formula begins with an apostrophe instead. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(",")}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
  const text = typeof cell === "string" ? cell : cell.join(", ");
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
