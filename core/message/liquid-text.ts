/** A value or a tag of Liquid, whole. Its own quotes may hold what looks like its end. */
export const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** A template's own words, without what is filled in: the least that a reader will see. */
export const withoutLiquid = (template: string): string => template.replace(LIQUID, "");

/** Whether a template mentions a name of the scope, like `links.unsubscribe`. */
export const mentions = (template: string, name: string): boolean =>
  (template.match(LIQUID) ?? []).some((token) => token.includes(name));
