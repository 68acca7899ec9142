/** A text in every language the product speaks. */
export type Text = { en: string; "zh-CN": string };
export type Locale = keyof Text;
export const LOCALES = ["en", "zh-CN"] as const satisfies readonly Locale[];
