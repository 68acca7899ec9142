import type { Chance } from "./chance";

/** A UUIDv7 of an instant that is over: newId() never goes back, and lists are in the order of ids. */
export function pastId<T extends string>(chance: Chance, at: number): T {
  const hex = (digits: number) =>
    Math.floor(chance.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  const time = Math.floor(at).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${"89ab"[chance.int(0, 3)]}${hex(3)}-${hex(6)}${hex(6)}` as T;
}
