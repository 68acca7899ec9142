/** A UUID in its text form; anything else would make Postgres refuse the whole statement. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** Before every UUID: where a walk over a table in the order of its ids begins. */
export const FIRST_UUID = "00000000-0000-0000-0000-000000000000";

/** Its 16 bytes, for a token that must be short. */
export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll("-", ""), "hex");
export const uuidOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
