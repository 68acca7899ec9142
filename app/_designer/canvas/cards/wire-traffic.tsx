"use client";
import Link from "next/link";
import { useContext } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { nodeOf, type Place } from "../../edit/place";
import { familyOf } from "../../kinds";
import { CountsContext } from "../../live/figures/counts";
import { passageOf } from "../../live/figures/passage";
import { useRunsBehind } from "../../live/figures/runs-behind";
import { sayShare } from "../../live/figures/say-share";
import { useShelf } from "../../shelf";
import { drawn } from "../../store/designer";
import { useDesigner } from "../../store/use-designer";
import { useName } from "../../use-says";
import classes from "./wire-traffic.module.css";

/** On a line: how many went by it, and what share of the step's members; it leads to their runs. */
export function WireTraffic({ place, way }: { place: Place; way: string | undefined }) {
  const t = useT("designerLive");
  const format = useFormatter();
  const { locale } = useShelf();
  const counts = useContext(CountsContext);
  const node = useDesigner((state) => nodeOf(drawn(state), place.from));
  const nameOf = useName();
  const behind = useRunsBehind();
  const passed = node && passageOf(counts, place, familyOf(node.kind) === "trigger");
  if (!passed) return null;
  const count = format.number(passed.count, { notation: passed.count > 99_999 ? "compact" : "standard" });
  const share = passed.share === undefined ? undefined : sayShare(passed.share, locale);
  const said = t(passed.share === undefined ? "wayCount" : counts.since === null ? "wayShare" : "wayShareSpan", {
    name: way ? `${nameOf(node)} · ${way}` : nameOf(node),
    count: format.number(passed.count),
    share: share ?? "",
  });
  const shown = {
    className: `${classes.traffic} nodrag nopan`,
    "data-testid": `traffic-${place.from}-${place.port}`,
    title: said,
  };
  const figures = (
    <>
      <b>{count}</b>
      {share !== undefined && <span>{share}</span>}
    </>
  );
  return passed.count === 0 ? (
    <span {...shown} data-zero role="img" aria-label={said}>
      {figures}
    </span>
  ) : (
    <Link {...shown} href={behind.way(node, place.port)} prefetch={false} aria-label={`${said}. ${t("showRuns")}`}>
      {figures}
    </Link>
  );
}
