"use client";
import { useEffect, useState } from "react";

/** Whether a table needs no scrolling sideways: only then can its head stay in sight while the page scrolls. */
export function useFits(frame: HTMLElement | null): boolean {
  const [fits, setFits] = useState(false);
  useEffect(() => {
    if (!frame) return;
    const observer = new ResizeObserver(() => setFits(frame.scrollWidth <= frame.clientWidth));
    observer.observe(frame);
    if (frame.firstElementChild) observer.observe(frame.firstElementChild);
    return () => observer.disconnect();
  }, [frame]);
  return fits;
}
