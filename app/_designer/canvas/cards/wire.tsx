"use client";
import type { EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { useT } from "../../../_i18n/use-t";
import type { WireMark } from "../../compare/both";
import type { Place, Point } from "../../edit/place";
import { corners, middle, smooth } from "../../geometry/route";
import { useShare } from "../../live/figures/counts";
import { useSay } from "../../shelf";
import { isFixed } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import { useCanvasCommands } from "../canvas-commands";
import type { WireEdge } from "../flow/lines";
import { OnLine } from "./labels";
import classes from "./wire.module.css";
import { WireTraffic } from "./wire-traffic";

/** A line: smooth and orthogonal, its label on it, a "+" at its middle, its width by traffic when live. */
export const Wire = memo(function Wire({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
  selected,
}: EdgeProps<WireEdge>) {
  const say = useSay();
  const mode = useDesigner((state) => state.mode);
  const isEditing = !useDesigner(isFixed);
  const isAimed = useDesigner(
    (state) =>
      state.aim?.place.from === data?.place.from &&
      state.aim?.place.port === data?.place.port &&
      state.aim !== undefined,
  );
  const share = useShare(data?.place);
  if (!data) return null;
  const points = corners({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data.turn, data.clear);
  const path = smooth(points);
  const at = middle(points);
  // Under a step that sends, its messages' numbers come first.
  const below = sourceX === targetX ? Math.max(at.y, Math.min(sourceY + 48, targetY - 12)) : at.y;
  const label = data.isFolded ? undefined : data.label && say(data.label.name);
  const isLive = mode === "live";
  const { mark, place } = data;
  return (
    <g
      className={classes.wire}
      data-selected={selected || undefined}
      data-aimed={isAimed || undefined}
      data-tone={data.tone}
      data-live={isLive || undefined}
      data-folded={data.isFolded || undefined}
      data-loose={data.isLoose || undefined}
      data-mark={mark}
    >
      {label && <title>{label}</title>}
      <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={24} />
      <path
        d={path}
        className={classes.line}
        style={isLive ? { strokeWidth: 1.5 + share * 9 } : undefined}
        data-testid={`edge-${id}`}
      />
      <circle cx={targetX} cy={targetY - 1} r={3} className={classes.tip} />
      <OnLine>
        {label && (
          <span
            className={classes.label}
            data-tone={data.tone}
            data-tight={data.isTight || undefined}
            style={{ transform: `translate(-50%, 0) translate(${sourceX}px, ${sourceY + 4}px)` }}
            title={label}
          >
            {label}
          </span>
        )}
        {mark && <Difference id={id} mark={mark} at={at} />}
        {!data.isFolded && (mode === "edit" || isLive) && (
          <span
            className={`${classes.spot} nodrag nopan`}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${isLive ? below : at.y}px)` }}
            data-selected={selected || undefined}
            data-aimed={isAimed || undefined}
            data-live={isLive || undefined}
          >
            {isLive && <WireTraffic place={place} way={label} />}
            {isEditing && <Insert id={id} place={place} />}
            {data.canFold && <Fold id={id} place={place} />}
          </span>
        )}
      </OnLine>
    </g>
  );
});

/** Of two drawings as one: this line came, or is gone. */
function Difference({ id, mark, at }: { id: string; mark: WireMark; at: Point }) {
  const says = useT("designerCompare")(mark === "added" ? "lineAdded" : "lineRemoved");
  return (
    <span
      className={classes.mark}
      data-mark={mark}
      style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
      title={says}
      role="img"
      aria-label={says}
      data-testid={`mark-${id}`}
    >
      {mark === "added" ? "+" : "−"}
    </span>
  );
}

/** Puts a step on the line. */
function Insert({ id, place }: { id: string; place: Place }) {
  const t = useT("designer");
  const { store } = useEditor();
  return (
    <button
      type="button"
      className={classes.plus}
      tabIndex={-1}
      aria-label={t("insertHere")}
      data-testid={`insert-${id}`}
      onClick={(event) => {
        event.stopPropagation();
        store.setState({ picking: { place } });
      }}
    >
      <svg width="10" height="10" viewBox="0 0 12 12" aria-hidden>
        <path d="M6 1.5v9M1.5 6h9" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      </svg>
    </button>
  );
}

/** Puts out of sight what only this line leads to. */
function Fold({ id, place }: { id: string; place: Place }) {
  const c = useT("designerCanvas");
  const commands = useCanvasCommands();
  return (
    <button
      type="button"
      className={classes.fold}
      tabIndex={-1}
      aria-label={c("fold")}
      title={c("fold")}
      data-testid={`fold-${id}`}
      onClick={(event) => {
        event.stopPropagation();
        commands.fold(place);
      }}
    >
      <svg width="10" height="10" viewBox="0 0 12 12" aria-hidden fill="none">
        <path d="M2.5 7.5 6 4l3.5 3.5" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      </svg>
    </button>
  );
}
