const TOKEN = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** A template's own words, without what is filled in: the least that a reader will see. */
export const withoutLiquid = (template: string): string => template.replace(TOKEN, "");

/** Whether a template mentions a name of the scope, like `links.unsubscribe`. */
export const mentions = (template: string, name: string): boolean =>
  (template.match(TOKEN) ?? []).some((token) => token.includes(name));
