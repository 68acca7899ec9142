/**
 * The smallest UUIDv7 of an instant (RFC 9562), of those before 1970 the smallest of all: ids made since then are greater, so a primary key answers "in the last
 * seven days" without an index of its own.
 */
export function firstIdOf(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
