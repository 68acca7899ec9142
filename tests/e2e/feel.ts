import type { Page } from "playwright-core";

/** How far what was shown has moved by itself since the page was opened: the sum of the browser's own layout shifts (CLS without its windows of time). */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((tell) => {
        let sum = 0;
        const seen = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const shift: PerformanceEntry & { value?: number; hadRecentInput?: boolean } = entry;
            if (!shift.hadRecentInput) sum += shift.value ?? 0;
          }
        });
        seen.observe({ type: "layout-shift", buffered: true });
        // The buffered ones are handed over before the next frames.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(sum))));
      }),
  );
}

/**
 * Texts that do not fit their place, end in "…" or at an edge, and are written in no title either, those of choices that are made from a list too (in
 * what is typed one can walk); the page itself when it is wider than its window.
 */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cuts = (overflow: string) => overflow === "hidden" || overflow === "clip";
    const isChoice = (element: Element): element is HTMLInputElement =>
      element instanceof HTMLInputElement && element.readOnly && element.value !== "";
    const isCut = (element: Element): boolean => {
      const { display, overflowX, overflowY, visibility } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      // What only screen readers are told is a point in size.
      if (visibility === "hidden" || display === "inline" || width < 4 || height < 4) return false;
      return (
        ((cuts(overflowX) || isChoice(element)) && element.scrollWidth > element.clientWidth + 1) ||
        (cuts(overflowY) && element.scrollHeight > element.clientHeight + 2)
      );
    };
    const holdsText = (element: Element): boolean =>
      isChoice(element) ||
      [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
    /** In full by itself or by the nearest thing around it that can be pointed at or focused; a region's name tells of no text in it. */
    const isTold = (element: Element): boolean =>
      // A field's name does not tell what is chosen in it.
      (!isChoice(element) && isNamed(element)) ||
      element.closest("[title]") !== null ||
      element.querySelector("[title]") !== null;
    const isNamed = (element: Element): boolean =>
      [element, element.closest("a, button, input, select, textarea, [role=button], [role=option], [tabindex]")].some(
        (one) => one?.matches("[title], [aria-label]"),
      );
    const found = [...document.querySelectorAll("body *")]
      .filter((element) => holdsText(element) && isCut(element) && !isTold(element))
      .map((element) => (isChoice(element) ? element.value : (element.textContent ?? "")).trim().slice(0, 60));
    const { scrollWidth } = document.documentElement;
    return scrollWidth > window.innerWidth ? [...found, `the page: ${scrollWidth} > ${window.innerWidth}`] : found;
  });
}
