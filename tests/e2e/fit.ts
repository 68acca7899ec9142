import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export const COLOURS = ["light", "dark"] as const;
export type Colours = (typeof COLOURS)[number];
/** For a page that was looked at in both in another language: words have no colours. */
export const IN_LIGHT: readonly Colours[] = ["light"];
/** The rules that colours decide. All others find in the dark what they found in the light, in a second each. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

type Look = {
  /** A selector: only this is looked at. */
  part?: string;
  colours?: readonly Colours[];
  /** Waits until the page stands in these colours. */
  settled?(page: Page, colours: Colours): Promise<unknown>;
};

/** What axe calls serious or critical on a page, a line each; light and dark unless told otherwise. */
export async function unfit(
  page: Page,
  where: string,
  { part, settled, colours: all = COLOURS }: Look = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const colours of all) {
    await page.emulateMedia({ colorScheme: colours });
    await settled?.(page, colours);
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if (part !== undefined) axe.include(part);
    if (colours === "dark") axe.withRules(OF_COLOURS);
    const { violations } = await axe.analyze();
    for (const { id, impact, nodes } of violations)
      if (impact === "serious" || impact === "critical")
        for (const { html, failureSummary } of nodes.slice(0, 3))
          found.push(`${where} ${colours}: ${id}: ${html.slice(0, 160)}: ${failureSummary?.split("\n")[1]?.trim()}`);
  }
  return found;
}

/** The console in these colours; pages that are not the console's are at once. */
export const inColours = (page: Page, colours: Colours): Promise<void> =>
  page.locator(`html[data-mantine-color-scheme=${colours}]`).waitFor();
