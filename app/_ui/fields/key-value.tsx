import type { ReactNode } from "react";
import classes from "./key-value.module.css";

/** Facts in two columns. A fact without value is left out unless it is `null`, which reads as a dash. */
export function KeyValue({ facts }: { facts: [label: string, value: ReactNode | undefined][] }) {
  return (
    <dl className={classes.list}>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{value ?? "—"}</dd>
          </div>
        ))}
    </dl>
  );
}
