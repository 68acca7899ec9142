import type { ReactNode } from "react";
import classes from "./tag.module.css";

/** A label of a member. */
export function Tag({ children, isSensitive = false }: { children: ReactNode; isSensitive?: boolean }) {
  return (
    <span className={classes.tag} data-sensitive={isSensitive || undefined}>
      {children}
    </span>
  );
}
