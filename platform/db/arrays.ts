/** Writes the elements from HEAD on and tells where they end; undefined = one is of another kind. */
type Put = (values: readonly unknown[]) => number | undefined;

// Dimensions, whether there are nulls, the element's type, how many, the first index: four bytes each.
const HEAD = 20;
const EMPTY_HEAD = 12;

const LEAST_ROOM = 65_536;
/** Room beyond this is given back by the next array that needs less. */
const MOST_KEPT = 4 * 1_048_576;
let room = Buffer.allocUnsafe(LEAST_ROOM);
let view = new DataView(room.buffer, room.byteOffset, room.byteLength);

/** By the names that casts have, with Postgres' numbers for the types of elements (pg_type.oid). */
const ELEMENTS = {
  uuid: { oid: 2950, put: fixed(16, putUuid) },
  text: { oid: 25, put: texts("") },
  // Version 1 of jsonb's own form is its text.
  jsonb: { oid: 3802, put: texts("\u0001") },
  boolean: { oid: 16, put: fixed(1, putBoolean) },
  int: { oid: 23, put: fixed(4, putInt) },
  bigint: { oid: 20, put: fixed(8, putBigint) },
  float8: { oid: 701, put: fixed(8, putFloat) },
  timestamptz: { oid: 1184, put: fixed(8, putInstant) },
} satisfies Record<string, { oid: number; put: Put }>;
export type Element = keyof typeof ELEMENTS;

/** What an array holds whose place in a statement is followed by this: `::uuid[]` says uuid; undefined where it travels as text. */
export function elementOf(following: string): Element | undefined {
  const cast = /^::(\w+)\[\]/.exec(following)?.[1];
  return cast !== undefined && Object.hasOwn(ELEMENTS, cast) ? (cast as Element) : undefined;
}

/**
 * An array in Postgres' binary form: quicker to write and to read than a literal, in which every quote of a JSON is escaped and looked for. One with
 * a value of another kind goes as a literal all the same, so that Postgres says what is wrong with it.
 */
export class BinaryArray {
  constructor(
    private readonly element: Element,
    private readonly values: readonly unknown[],
  ) {}

  /** pg's hook, called when it writes the statement; it copies the bytes before it asks for the next. */
  toPostgres(): unknown {
    const { oid, put } = ELEMENTS[this.element];
    const { length } = this.values;
    const end = length === 0 ? EMPTY_HEAD : put(this.values);
    if (end === undefined) return this.values;
    view.setInt32(0, length === 0 ? 0 : 1);
    view.setInt32(4, this.values.some(isNull) ? 1 : 0);
    view.setInt32(8, oid);
    if (length > 0) {
      view.setInt32(12, length);
      view.setInt32(16, 1);
    }
    return room.subarray(0, end);
  }
}

const isNull = (value: unknown): value is null | undefined => value === null || value === undefined;

function reserve(bytes: number): void {
  if (bytes <= room.length && (room.length <= MOST_KEPT || bytes > MOST_KEPT)) return;
  room = Buffer.allocUnsafe(Math.max(LEAST_ROOM, bytes > MOST_KEPT ? bytes : 2 ** Math.ceil(Math.log2(bytes))));
  view = new DataView(room.buffer, room.byteOffset, room.byteLength);
}

function fixed(bytes: number, put: (value: unknown, at: number) => boolean): Put {
  return (values) => {
    reserve(HEAD + values.length * (4 + bytes));
    let at = HEAD;
    for (const value of values) {
      view.setInt32(at, isNull(value) ? -1 : bytes);
      at += 4;
      if (isNull(value)) continue;
      if (!put(value, at)) return undefined;
      at += bytes;
    }
    return at;
  };
}

/** All in one go, with room before each for its length, which is told afterwards. */
function texts(version: string): Put {
  const gap = "\0\0\0\0";
  return (values) => {
    let joined = "";
    for (const value of values) {
      if (typeof value === "string") joined += gap + version + value;
      else if (isNull(value)) joined += gap;
      else return undefined;
    }
    const size = Buffer.byteLength(joined);
    const isAscii = size === joined.length;
    reserve(HEAD + size);
    room.write(joined, HEAD, size, isAscii ? "latin1" : "utf8");
    let at = HEAD;
    for (const value of values) {
      const length = typeof value !== "string" ? -1 : isAscii ? value.length : Buffer.byteLength(value);
      view.setInt32(at, length < 0 ? -1 : version.length + length);
      at += 4 + (length < 0 ? 0 : version.length + length);
    }
    return at;
  };
}

const DASH = 45;
/** By character code: the digit's value. */
const DIGITS: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? undefined : value;
});

function putUuid(value: unknown, at: number): boolean {
  if (typeof value !== "string" || value.length !== 36) return false;
  let from = 0;
  for (let i = 0; i < 16; i++) {
    if ((i === 4 || i === 6 || i === 8 || i === 10) && value.charCodeAt(from++) !== DASH) return false;
    const high = DIGITS[value.charCodeAt(from++)];
    const low = DIGITS[value.charCodeAt(from++)];
    if (high === undefined || low === undefined) return false;
    view.setUint8(at + i, high * 16 + low);
  }
  return true;
}

function putBoolean(value: unknown, at: number): boolean {
  if (typeof value !== "boolean") return false;
  view.setUint8(at, value ? 1 : 0);
  return true;
}

function putInt(value: unknown, at: number): boolean {
  if (typeof value !== "number" || (value | 0) !== value) return false;
  view.setInt32(at, value);
  return true;
}

function putBigint(value: unknown, at: number): boolean {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return false;
  putWhole(value, at);
  return true;
}

function putFloat(value: unknown, at: number): boolean {
  if (typeof value !== "number") return false;
  // Of two zeros JavaScript writes one.
  view.setFloat64(at, value === 0 ? 0 : value);
  return true;
}

// Postgres counts microseconds from here.
const EPOCH_MS = Date.UTC(2000, 0, 1);

function putInstant(value: unknown, at: number): boolean {
  const micros = value instanceof Date ? (value.getTime() - EPOCH_MS) * 1000 : Number.NaN;
  if (!Number.isSafeInteger(micros)) return false;
  putWhole(micros, at);
  return true;
}

/** Eight bytes of a whole number that a double holds exactly. */
function putWhole(value: number, at: number): void {
  view.setInt32(at, Math.floor(value / 2 ** 32));
  view.setUint32(at + 4, value >>> 0);
}
