/** A config, rule or text with its references to nodes (`coupon.of.<node>.id`, `answer.of.<node>.outcome`, `answers.<node>`) led to other ids. */
export function renamed<T>(value: T, ids: ReadonlyMap<string, string>): T;
export function renamed(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string")
    return value.replace(/\b(coupon\.of|answer\.of|answers)\.([A-Za-z0-9_-]+)/g, (whole, of: string, node: string) =>
      ids.has(node) ? `${of}.${ids.get(node)}` : whole,
    );
  if (Array.isArray(value)) return value.map((one) => renamed(one, ids));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, ids)]));
}
