"use client";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { JourneyNode } from "@/core/journey/document";
import type { Icon as NodeIcon } from "@/core/journey/kind";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { readSpan, unitName } from "../../duration";
import { placeKey } from "../../edit/place";
import { isQuiet, portOffset, sizeOf } from "../../geometry/size";
import { familyOf, iconOf, portsOf, saysOf } from "../../kinds";
import { useCount } from "../../live/counts";
import { Tag } from "../../presence/tag";
import { useNodeProblems } from "../../problems/use-problems";
import { useSay } from "../../shelf";
import { useDesigner, useEditor } from "../../store/use-designer";
import { useSays, useTitle } from "../../use-says";
import type { CardNode, CardPort } from "../flow";
import { Mark } from "../mark";
import classes from "./card.module.css";
import { LiveStrip } from "./live-strip";
import { MessageStrip } from "./message-strip";
import { silhouette } from "./silhouette";

const NONE: never[] = [];

/** A node on the canvas: outline and colour by family, title, one line in plain words, problems, and its ways out. */
export const Card = memo(function Card({ data: { node, ports, mark }, selected }: NodeProps<CardNode>) {
  const family = familyOf(node.kind);
  const { width, height } = sizeOf(node, portsOf);
  const title = useTitle()(node);
  const mode = useDesigner((state) => state.mode);
  const found = useNodeProblems(node.id);
  const problems = mode === "edit" || mode === "live" ? found : NONE;
  const worst = problems.some((problem) => problem.severity === "error")
    ? "error"
    : problems.length > 0
      ? "warning"
      : undefined;
  const count = useCount(node.id);
  const isLive = mode === "live";
  const outline = silhouette(family, width, height);
  const seldom = ports.filter(({ isOpen, folded, tone }) => isOpen && folded === undefined && isQuiet(node.kind, tone));
  const isGathered = seldom.length > 1;
  return (
    <div
      className={classes.card}
      data-family={family}
      data-selected={selected || undefined}
      data-worst={worst}
      data-mark={mark}
      style={{ width, height }}
      data-testid={`node-${node.id}`}
      data-kind={node.kind}
    >
      <svg className={classes.shape} width={width} height={height} aria-hidden>
        <path className={classes.shade} d={outline} />
        <path className={classes.ring} d={outline} />
        <path className={classes.fill} d={outline} />
      </svg>
      <Handle
        type="target"
        position={Position.Top}
        id="in"
        className={classes.in}
        isConnectableStart={false}
        aria-hidden
      />
      {family === "end" ? (
        <div className={classes.small}>
          <Icon name={iconOf(node.kind)} size={16} />
          <span className={classes.title} title={title}>
            {title}
          </span>
        </div>
      ) : (
        <div className={classes.body}>
          <Figure node={node} />
          <div className={classes.words}>
            <div className={classes.title} title={title}>
              {title}
            </div>
            <Line node={node} />
            {isLive && <LiveStrip node={node} title={title} count={count} />}
          </div>
        </div>
      )}
      {family === "end" && isLive && <LiveStrip node={node} title={title} count={count} isSmall />}
      {isLive && <MessageStrip node={node} title={title} isBelowNames={ports.length > 1} />}
      {worst && (
        <span
          className={classes.problem}
          data-severity={worst}
          title={problems.map((problem) => problem.says).join("\n")}
        >
          <Icon name="warning" size={12} stroke={2.2} />
        </span>
      )}
      {mode === "compare" && <Mark node={node.id} mark={mark} />}
      <Tag node={node.id} />
      {node.note && <span className={classes.note} title={node.note} role="img" aria-label={node.note} />}
      {ports.map((port) => (
        <Way
          key={port.id}
          node={node}
          port={port}
          title={title}
          isAlone={ports.length === 1}
          isSelected={selected}
          isGathered={isGathered && seldom.includes(port)}
          isEditing={mode === "edit"}
        />
      ))}
      {isGathered && mode === "edit" && (
        <Others
          node={node}
          ports={seldom}
          title={title}
          isAtLeft={ports.some(isQuietLine(node.kind))}
          isSelected={selected}
        />
      )}
    </div>
  );
});

const isQuietLine =
  (kind: string) =>
  ({ tone, isOpen }: CardPort): boolean =>
    !isOpen && isQuiet(kind, tone);

/** The icon; a wait shows its time in large figures instead. */
function Figure({ node }: { node: JourneyNode }) {
  const say = useSay();
  const duration = Object.values(saysOf(node).values).find((value) => value.as === "duration");
  const span = familyOf(node.kind) === "wait" && duration?.as === "duration" ? readSpan(duration.duration) : undefined;
  if (!span)
    return (
      <span className={classes.icon}>
        <Icon name={cardIcon(node)} size={20} />
      </span>
    );
  return (
    <span className={classes.time}>
      <b>{span.count}</b>
      <small>{say(unitName(span.unit, span.count))}</small>
    </span>
  );
}

/** A message shows its channel. */
function cardIcon(node: JourneyNode): NodeIcon {
  const { channel } = node.config;
  return channel === "sms" || channel === "email" || channel === "push" ? channel : iconOf(node.kind);
}

function Line({ node }: { node: JourneyNode }) {
  const pieces = useSays()(node);
  return (
    <div className={classes.line} title={pieces.map((piece) => piece.text).join("")}>
      {pieces.map((piece, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no identity but their place
        piece.isValue ? <b key={i}>{piece.text}</b> : piece.text,
      )}
    </div>
  );
}

type WayProps = {
  node: JourneyNode;
  port: CardPort;
  title: string;
  isAlone: boolean;
  isSelected: boolean;
  /** It stands behind one button with others; only where a step is held over it is it seen by itself. */
  isGathered: boolean;
  isEditing: boolean;
};

/** A way out. Open, it ends in a "+" that is clicked to add a step or dragged to a card to connect. */
function Way({ node, port, title, isAlone, isSelected, isGathered, isEditing }: WayProps) {
  const t = useT("designer");
  const say = useSay();
  const { store } = useEditor();
  const isAimed = useDesigner((state) => state.aim?.place.from === node.id && state.aim.place.port === port.id);
  const quiet = isQuiet(node.kind, port.tone);
  const name = say(port.name);
  const left = `${portOffset(node, port.id, portsOf) * 100}%`;
  const shared = { type: "source" as const, position: Position.Bottom, id: port.id, isConnectableEnd: false };
  if (port.folded !== undefined)
    return (
      <>
        <Handle {...shared} className={classes.out} data-tone={port.tone} style={{ left }} aria-hidden />
        <Folded
          node={node}
          port={port}
          title={title}
          count={port.folded}
          name={isAlone ? undefined : name}
          left={left}
        />
      </>
    );
  if (!port.isOpen)
    return (
      <Handle
        {...shared}
        className={classes.out}
        data-tone={port.tone}
        data-quiet={quiet || undefined}
        style={{ left }}
        aria-hidden
      />
    );
  const label = isAlone ? t("addAfter", { name: title }) : t("addAfterPort", { name: title, port: name });
  const pick = () => store.setState({ picking: { place: { from: node.id, port: port.id } } });
  return (
    <div
      className={classes.way}
      data-quiet={quiet || undefined}
      data-shown={(isSelected && !isGathered) || undefined}
      data-gathered={isGathered || undefined}
      data-hidden={!isEditing || undefined}
      data-aimed={isAimed || undefined}
      data-tone={port.tone}
      style={{ left }}
    >
      <span className={classes.stub} aria-hidden />
      {!isAlone && (
        <span className={classes.label} aria-hidden>
          {name}
        </span>
      )}
      <Handle
        {...shared}
        className={classes.plus}
        role="button"
        tabIndex={isEditing && !isGathered ? 0 : -1}
        aria-label={label}
        title={isAlone ? undefined : [name, port.about && say(port.about), t("wayEnds")].filter(Boolean).join("\n")}
        data-testid={`add-${node.id}-${port.id}`}
        onClick={(event) => {
          event.stopPropagation();
          pick();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            event.stopPropagation();
            pick();
          }
        }}
      >
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
          <path d="M6 1.5v9M1.5 6h9" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
        </svg>
      </Handle>
    </div>
  );
}

/** What seldom happens, behind one button: it asks which of them, and no name lies on a line or on the card below. */
function Others({
  node,
  ports,
  title,
  isAtLeft,
  isSelected,
}: {
  node: JourneyNode;
  ports: CardPort[];
  title: string;
  /** The right end belongs to lines. */
  isAtLeft: boolean;
  isSelected: boolean;
}) {
  const c = useT("designerCanvas");
  const say = useSay();
  const { store } = useEditor();
  const [first] = ports;
  if (!first) return null;
  const names = ports.map(({ name }) => say(name)).join(", ");
  return (
    <button
      type="button"
      className={`${classes.others} nodrag nopan`}
      data-shown={isSelected || undefined}
      data-left={isAtLeft || undefined}
      title={names}
      aria-label={c("othersOf", { name: title, ports: names })}
      data-testid={`others-${node.id}`}
      onClick={(event) => {
        event.stopPropagation();
        store.setState({ picking: { node: node.id, port: first.id } });
      }}
    >
      {c("others", { count: ports.length })}
    </button>
  );
}

/** A branch out of sight: how much it is, and a click that brings it back. */
function Folded({
  node,
  port,
  title,
  count,
  name,
  left,
}: {
  node: JourneyNode;
  port: CardPort;
  title: string;
  count: number;
  name: string | undefined;
  left: string;
}) {
  const c = useT("designerCanvas");
  const { store } = useEditor();
  const key = placeKey({ from: node.id, port: port.id });
  return (
    <div className={classes.way} data-tone={port.tone} style={{ left }}>
      <button
        type="button"
        className={`${classes.folded} nodrag nopan`}
        aria-label={c("unfoldHere", { name: name ? `${title} · ${name}` : title })}
        data-testid={`folded-${key}`}
        onClick={(event) => {
          event.stopPropagation();
          store.setState(({ folded }) => ({ folded: folded.filter((one) => one !== key) }));
        }}
      >
        {name && <span>{name}</span>}
        <b>{c("folded", { count })}</b>
      </button>
    </div>
  );
}
