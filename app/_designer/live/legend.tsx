"use client";
import { useT } from "../../_i18n/use-t";
import { Dot } from "./dot";
import classes from "./legend.module.css";

const PARTS = ["entered", "waiting", "left", "failed"] as const;

/** What the marks on the cards and the width of the lines mean. */
export function Legend() {
  const t = useT("designer");
  return (
    <section className={classes.legend} aria-label={t("live_.legend")} data-testid="live-legend">
      <ul>
        {PARTS.map((part) => (
          <li key={part}>
            <Dot part={part} />
            {t(`live_.${part}`)}
          </li>
        ))}
      </ul>
      <p>
        <svg width="28" height="10" viewBox="0 0 28 10" aria-hidden>
          <path d="M0 4.5 28 0V10L0 5.5Z" fill="currentColor" />
        </svg>
        {t("live_.width")}
      </p>
    </section>
  );
}
