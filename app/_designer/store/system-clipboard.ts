let last: string | undefined;

/**
 * Puts text on the system's clipboard. A page that came over plain http is not given `navigator.clipboard`: there the browser's own copying
 * of a selection does it. What was put there is remembered for `read`.
 */
export async function put(text: string): Promise<void> {
  last = text;
  // Declared as always there; over plain http it is not.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard) return clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  area.style.cssText = "position: fixed; opacity: 0";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}

/** What the system's clipboard holds; where a page may not read it, what this page put there last, or undefined. */
export async function read(): Promise<string | undefined> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  try {
    return clipboard ? await clipboard.readText() : last;
  } catch {
    return last;
  }
}
