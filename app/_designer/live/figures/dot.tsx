import type { Count } from "./counts";
import classes from "./dot.module.css";

/** The mark of one of a step's numbers, told apart by form too: a ring, two dots, a square. */
export function Dot({ part, isNone = false }: { part: keyof Count; isNone?: boolean }) {
  return <span className={classes.dot} data-part={part} data-none={isNone || undefined} aria-hidden />;
}
