import type { FastifyInstance, HTTPMethods } from "fastify";

/** `allowed`: which methods stand at an address. `isNamed`: it is one of its own, with nothing of the caller's in it. */
export type Methods = { allowed(url: string): HTTPMethods[]; isNamed(url: string): boolean };

/** Remembers each route, and tells which methods stand at an address: what Allow says beside 405 (RFC 9110, 15.5.6). Called before the routes. */
export function methods(app: FastifyInstance): Methods {
  const known = new Map<string, { at: RegExp; methods: Set<HTTPMethods> }>();
  app.addHook("onRoute", ({ url, method }) => {
    // A wildcard answers OPTIONS and pages for whole folders; it is no address of its own.
    if (url.includes("*")) return;
    const entry = known.get(url) ?? { at: pattern(url), methods: new Set() };
    for (const one of Array.isArray(method) ? method : [method]) entry.methods.add(one);
    known.set(url, entry);
  });
  const named = (url: string) => (pathOf(url).includes(":") ? undefined : known.get(pathOf(url).replace(/\/+$/, "")));
  return {
    allowed: (url) => {
      const path = pathOf(url);
      const there = [named(url) ?? [...known.values()].filter(({ at }) => at.test(path))].flat();
      return [...new Set(there.flatMap(({ methods }) => [...methods]))].sort();
    },
    isNamed: (url) => named(url) !== undefined,
  };
}

const pathOf = (url: string): string => url.split("?")[0] ?? "";

const pattern = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/:\w+/g, "[^/]+")}/?$`);
