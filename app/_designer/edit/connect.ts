import { type Edit, nodeOf, type Place } from "./place";

/** Leads a port to a node. A port leads to one place, so what it led to before is let go; nothing leads into the trigger or back into itself. */
export const connect =
  (place: Place, to: string): Edit =>
  (document) => {
    if (place.from === to || to === document.entry || !nodeOf(document, place.from) || !nodeOf(document, to))
      return document;
    const edges = document.edges.filter((edge) => !(edge.from === place.from && edge.port === place.port));
    return { ...document, edges: [...edges, { ...place, to }] };
  };

/** Lets a port lead nowhere. */
export const disconnect =
  (places: Place[]): Edit =>
  (document) => {
    const edges = document.edges.filter(
      (edge) => !places.some((place) => place.from === edge.from && place.port === edge.port),
    );
    return edges.length === document.edges.length ? document : { ...document, edges };
  };

/** Takes one end of a line elsewhere: another node at its end, or another port at its start. */
export const reconnect =
  (was: Place, now: Place, to: string): Edit =>
  (document) => {
    const connected = connect(now, to)(document);
    if (connected === document) return document;
    return was.from === now.from && was.port === now.port ? connected : disconnect([was])(connected);
  };
