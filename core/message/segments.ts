const GSM_BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_EXTENDED = new Set("\f^{}\\[~]|€");

const SIZES = { "GSM-7": { alone: 160, joined: 153 }, "UCS-2": { alone: 70, joined: 67 } } as const;

const isGsm = (character: string): boolean => GSM_BASIC.has(character) || GSM_EXTENDED.has(character);

/** The characters that keep a text out of the GSM alphabet, each once, in their order. */
export const outsideGsm = (text: string): string[] => [...new Set([...text].filter((one) => !isGsm(one)))];

/** What text editors put in the place of plain signs. */
const PLAIN: Record<string, string> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "‚": "'",
  "´": "'",
  "`": "'",
  "–": "-",
  "—": "-",
  "‑": "-",
  "−": "-",
  "…": "...",
  "•": "*",
  "·": "-",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u200b": "",
  "，": ",",
  "。": ".",
  "！": "!",
  "？": "?",
  "：": ":",
  "；": ";",
  "（": "(",
  "）": ")",
};

/** A text with plain signs of the GSM alphabet in the place of typographic ones; what has none stays. */
export const plainly = (text: string): string => [...text].map((one) => PLAIN[one] ?? one).join("");

export type Segments = { encoding: keyof typeof SIZES; units: number; parts: number; left: number };

/**
 * How many SMS parts a text takes, as 3GPP TS 23.038 and 23.040 cut it: septets in the GSM alphabet (extension characters take
 * two), else UTF-16 units; a character never lies across two parts. `left` is what still fits into the last part.
 */
export function segments(text: string): Segments {
  const characters = [...text];
  const encoding = characters.every(isGsm) ? "GSM-7" : "UCS-2";
  const widths = characters.map((c) => (encoding === "UCS-2" ? c.length : GSM_EXTENDED.has(c) ? 2 : 1));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = SIZES[encoding];
  if (units <= alone) return { encoding, units, parts: units === 0 ? 0 : 1, left: alone - units };
  let parts = 1;
  let filled = 0;
  for (const width of widths) {
    if (filled + width > joined) {
      parts += 1;
      filled = 0;
    }
    filled += width;
  }
  return { encoding, units, parts, left: joined - filled };
}
