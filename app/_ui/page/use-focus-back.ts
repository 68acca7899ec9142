"use client";
import { useEffect, useState } from "react";

/** From where what is open now was opened, the outermost first. */
const trail: HTMLElement[][] = [];

/**
 * Gives the keyboard back to where it was when something opened, once that closes or goes away still open. What has gone meanwhile is
 * stood in for: an entry of a menu by the menu's button, a button of another dialog by what opened that one. Whoever has put the
 * keyboard elsewhere keeps it there.
 */
export function useFocusBack(isOpen: boolean): void {
  // Before what opens takes the keyboard, which it does once it is drawn.
  const [origins, setOrigins] = useState(() => (isOpen ? originsNow() : undefined));
  if (isOpen && !origins) setOrigins(originsNow());
  if (!isOpen && origins) setOrigins(undefined);
  useEffect(() => {
    if (!isOpen || !origins) return;
    trail.push(origins);
    return () => {
      trail.splice(trail.indexOf(origins), 1);
      const left = document.activeElement;
      // What closes may be seen a little longer, with the keyboard in it.
      const isInside = left?.closest("[role=dialog], [role=menu]") != null;
      setTimeout(() => {
        const now = document.activeElement;
        if (!isNowhere(now) && !(isInside && now === left)) return;
        origins.find(takesFocus)?.focus({ preventScroll: true });
      });
    };
  }, [isOpen, origins]);
}

function originsNow(): HTMLElement[] {
  if (typeof document === "undefined") return [];
  const now = document.activeElement;
  const menu = now?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const near = [isNowhere(now) ? null : now, menu ? document.getElementById(menu) : null];
  return [...near.filter((element) => element instanceof HTMLElement), ...trail.toReversed().flat()];
}

const isNowhere = (element: Element | null): boolean => element === null || element === document.body;

const takesFocus = (element: HTMLElement): boolean =>
  element.isConnected &&
  element.closest("[inert], [role=menu]") === null &&
  !element.matches(":disabled") &&
  element.checkVisibility();
