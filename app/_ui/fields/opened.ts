import { canonical } from "@/core/hash";

/** The fields of a form that differ from what it was opened with. */
export const changedIn = <T extends object>(typed: T, opened: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(typed).filter(([field, value]) => canonical(value) !== canonical(Reflect.get(opened, field))),
  ) as Partial<T>;

/** Of `all` the fields that `changes` has. */
export const only = <T extends object>(all: T, changes: object): Partial<T> =>
  Object.fromEntries(Object.entries(all).filter(([field]) => field in changes)) as Partial<T>;

/** A form whose thing somebody else has changed: what was touched here stays as typed, everything else is as it is stored now. */
export const rebased = <T extends object>(typed: T, opened: T, stored: T): T => ({
  ...stored,
  ...changedIn(typed, opened),
});
