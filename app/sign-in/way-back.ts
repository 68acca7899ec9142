/** A header of a page's request: its own path and query. Set by `proxy.ts`, whatever the client said there. */
export const PATH_HEADER = "x-path";

const HERE = "http://console";
const OWN = new Set(["/sign-in", "/first-password"]);

/**
 * The sign-in page's address for somebody who wanted to see `path`, who is led there afterwards; with `isAnother` also where somebody else is
 * signed in.
 */
export const signInFrom = (path: string | null, isAnother = false): string => {
  const to = wayBack(path);
  const query = new URLSearchParams({ ...(to !== "/" && { to }), ...(isAnother && { another: "yes" }) }).toString();
  return query ? `/sign-in?${query}` : "/sign-in";
};

/** Where `?to=` leads: a page of this console, else its home. An address of somebody else's is never followed. */
export function wayBack(to: unknown): string {
  if (typeof to !== "string" || !to.startsWith("/") || !URL.canParse(to, HERE)) return "/";
  const { origin, pathname, search } = new URL(to, HERE);
  // Resolved, a path may begin anew with the name of another host: "/.//evil.example".
  const isOurs = origin === HERE && !pathname.startsWith("//") && !OWN.has(pathname);
  return isOurs ? `${pathname}${search}` : "/";
}
