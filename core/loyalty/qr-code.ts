/** What a symbol of these can hold: digits, capitals and a few signs, 5½ bits each (ISO/IEC 18004, alphanumeric mode). */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** Versions 1 to 3 at error correction level M, which bears 15 % damage: each in one block. */
const SIZES = [
  { version: 1, data: 16, correction: 10 },
  { version: 2, data: 28, correction: 16 },
  { version: 3, data: 44, correction: 26 },
] as const;

/** Dark modules by row and column. */
export type QrCode = readonly (readonly boolean[])[];

/**
 * A text as a QR code (ISO/IEC 18004), without its quiet zone of four modules. Undefined for a text of other letters than digits, capitals and
 * ` $%*+-./:`, or of more than 61 of them.
 */
export function qrCode(text: string): QrCode | undefined {
  const digits = [...text].map((letter) => ALPHABET.indexOf(letter));
  const bits = 4 + 9 + Math.ceil((digits.length * 11) / 2);
  const size = SIZES.find(({ data }) => bits <= data * 8);
  if (!size || digits.includes(-1) || digits.length === 0) return undefined;
  const data = dataWords(digits, size.data);
  const words = [...data, ...correctionWords(data, size.correction)];
  const drawn = MASKS.map((_, mask) => draw(size.version, words, mask)).map((modules) => ({
    modules,
    penalty: penaltyOf(modules),
  }));
  return drawn.reduce((best, one) => (one.penalty < best.penalty ? one : best)).modules;
}

function dataWords(digits: readonly number[], count: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  push(0b0010, 4);
  push(digits.length, 9);
  for (let i = 0; i < digits.length; i += 2) {
    const [first = 0, second] = [digits[i], digits[i + 1]];
    if (second === undefined) push(first, 6);
    else push(first * 45 + second, 11);
  }
  push(0, Math.min(4, count * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  for (let pad = 0xec; bits.length < count * 8; pad ^= 0xec ^ 0x11) push(pad, 8);
  return Array.from({ length: count }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
}

/** Reed-Solomon over GF(2⁸), x⁸+x⁴+x³+x²+1. */
function correctionWords(data: readonly number[], count: number): number[] {
  let generator = [1];
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2))
    generator = [...generator, 0].map((_, k) => (generator[k] ?? 0) ^ times(generator[k - 1] ?? 0, root));
  const rest: number[] = Array(count).fill(0);
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    rest.forEach((one, i) => {
      rest[i] = one ^ times(generator[i + 1] ?? 0, factor);
    });
  }
  return rest;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a);
  return product;
}

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

function draw(version: number, words: readonly number[], mask: number): boolean[][] {
  const side = 17 + 4 * version;
  const modules: (boolean | undefined)[][] = Array.from({ length: side }, () => Array(side).fill(undefined));
  const set = (row: number, column: number, isDark: boolean) => {
    const line = modules[row];
    if (line && column >= 0 && column < side) line[column] = isDark;
  };
  for (const [row, column] of [
    [3, 3],
    [3, side - 4],
    [side - 4, 3],
  ] as const)
    square(set, row, column, 4, [0, 1, 3]);
  for (let i = 8; i < side - 8; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  if (version > 1) square(set, side - 7, side - 7, 2, [0, 2]);
  format(set, side, mask);
  const bits = words.flatMap((word) => Array.from({ length: 8 }, (_, i) => ((word >> (7 - i)) & 1) === 1));
  const hides = MASKS[mask] ?? (() => false);
  for (const [row, column] of way(side)) {
    const line = modules[row];
    if (line && line[column] === undefined) line[column] = (bits.shift() ?? false) !== hides(row, column);
  }
  return modules.map((line) => line.map((isDark) => isDark === true));
}

/** Rings about a centre; those of `dark` are dark. */
function square(
  set: (row: number, column: number, isDark: boolean) => void,
  row: number,
  column: number,
  reach: number,
  dark: readonly number[],
): void {
  for (let dr = -reach; dr <= reach; dr++)
    for (let dc = -reach; dc <= reach; dc++)
      set(row + dr, column + dc, dark.includes(Math.max(Math.abs(dr), Math.abs(dc))));
}

/** Level and mask, with their BCH code, twice; and the module that is always dark. */
function format(set: (row: number, column: number, isDark: boolean) => void, side: number, mask: number): void {
  let rest = mask;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const word = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i: number) => ((word >> i) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    if (i < 6) set(i, 8, bit(i));
    else if (i < 8) set(i + 1, 8, bit(i));
    else set(8, i === 8 ? 7 : 14 - i, bit(i));
    if (i < 8) set(8, side - 1 - i, bit(i));
    else set(side - 15 + i, 8, bit(i));
  }
  set(side - 8, 8, true);
}

/** The modules in the order in which bits fill them: two columns at a time from the right, up and down in turn, over the timing column. */
function* way(side: number): Generator<[number, number]> {
  let isUp = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < side; i++) for (const column of [right, right - 1]) yield [isUp ? side - 1 - i : i, column];
    isUp = !isUp;
  }
}

/** What makes a symbol hard to read: long runs, blocks, what looks like a finder, and too much of one colour. */
function penaltyOf(modules: QrCode): number {
  const side = modules.length;
  const columns = modules.map((_, column) => modules.map((line) => line[column] === true));
  let penalty = 0;
  for (const line of [...modules, ...columns]) {
    const text = line.map((isDark) => (isDark ? "1" : "0")).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    for (let i = 0; i + 11 <= side; i++)
      if (["10111010000", "00001011101"].includes(text.slice(i, i + 11))) penalty += 40;
  }
  const at = (row: number, column: number) => modules[row]?.[column];
  for (let r = 0; r + 1 < side; r++)
    for (let c = 0; c + 1 < side; c++)
      if (at(r, c) === at(r, c + 1) && at(r, c) === at(r + 1, c) && at(r, c) === at(r + 1, c + 1)) penalty += 3;
  const dark = modules.flat().filter(Boolean).length;
  return penalty + 10 * Math.floor(Math.abs(dark * 20 - side * side * 10) / (side * side));
}
