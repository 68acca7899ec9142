/** Sets some fields of what is changed in place, each to a value of its own type; `Object.assign` by itself would take any. */
export function change<T extends object>(thing: T, fields: NoInfer<Readonly<Partial<T>>>): void {
  Object.assign(thing, fields);
}
