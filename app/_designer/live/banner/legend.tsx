"use client";
import { useT } from "../../../_i18n/use-t";
import { drawn } from "../../store/designer";
import { useDesigner } from "../../store/use-designer";
import { Dot } from "../figures/dot";
import { MESSAGE_PARTS } from "../step/message-parts";
import classes from "./legend.module.css";

const PARTS = ["entered", "waiting", "left", "failed"] as const;

/** What the marks on the cards and the width of the lines mean. */
export function Legend() {
  const t = useT("designer");
  const m = useT("designerLive");
  const sends = useDesigner((state) => drawn(state).nodes.some((node) => "content" in node.config));
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
      {sends && (
        <ul aria-label={m("legend")}>
          {MESSAGE_PARTS.map(({ key, icon: Icon }) => (
            <li key={key}>
              <Icon size={13} stroke={1.8} aria-hidden />
              {m(key)}
            </li>
          ))}
        </ul>
      )}
      <p>
        <svg width="28" height="10" viewBox="0 0 28 10" aria-hidden>
          <path d="M0 4.5 28 0V10L0 5.5Z" fill="currentColor" />
        </svg>
        {t("live_.width")}
      </p>
    </section>
  );
}
