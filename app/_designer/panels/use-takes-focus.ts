import { type RefObject, useEffect, useRef } from "react";
import { useFocusBack } from "../../_ui/page/use-focus-back";

/** For a panel that somebody opened: it has the keyboard while it stands, unless one of its fields was called, and gives it back. Needs `tabIndex={-1}`. */
export function useTakesFocus<E extends HTMLElement>(): RefObject<E | null> {
  const panel = useRef<E>(null);
  useFocusBack(true);
  useEffect(() => {
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
  }, []);
  return panel;
}
