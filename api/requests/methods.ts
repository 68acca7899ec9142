import type { FastifyInstance, HTTPMethods } from "fastify";

/** Remembers each route, and tells which methods stand at an address: what Allow says beside 405 (RFC 9110, 15.5.6). Called before the routes. */
export function methods(app: FastifyInstance): (url: string) => HTTPMethods[] {
  const known = new Map<string, { at: RegExp; methods: Set<HTTPMethods> }>();
  app.addHook("onRoute", ({ url, method }) => {
    // A wildcard answers OPTIONS and pages for whole folders; it is no address of its own.
    if (url.includes("*")) return;
    const entry = known.get(url) ?? { at: pattern(url), methods: new Set() };
    for (const one of Array.isArray(method) ? method : [method]) entry.methods.add(one);
    known.set(url, entry);
  });
  return (url) => {
    const path = url.split("?")[0] ?? "";
    return [...new Set([...known.values()].flatMap(({ at, methods }) => (at.test(path) ? [...methods] : [])))].sort();
  };
}

const pattern = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/:\w+/g, "[^/]+")}/?$`);
