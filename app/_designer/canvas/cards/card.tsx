"use client";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { JourneyNode } from "@/core/journey/document";
import type { Family } from "@/core/journey/kind";
import { readSpan, unitName } from "@/core/time/duration-words";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { Boundary } from "../../boundary";
import { sizeOf } from "../../geometry/size";
import { familyOf, iconOf, iconOfNode, portsOf, saysOf } from "../../kinds";
import { useCount } from "../../live/figures/counts";
import { Tag } from "../../presence/tag";
import { useNodeProblems } from "../../problems/use-problems";
import { useSay } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import { useName, useSays, useTitle } from "../../use-says";
import type { CardNode } from "../flow/cards";
import { Mark } from "../mark";
import classes from "./card.module.css";
import { LiveStrip } from "./live-strip";
import { MessageStrip } from "./message-strip";
import { silhouette } from "./silhouette";
import { Ways } from "./way";

const NONE: never[] = [];
type Shown = Pick<NodeProps<CardNode>, "data" | "selected">;

/** Where it stands is its wrapper's matter: a card that is carried stays as it is drawn. */
const isAlike = (was: Shown, is: Shown): boolean => was.data === is.data && was.selected === is.selected;

/** A node on the canvas: outline and colour by family, title, one line in plain words, problems, and its ways out. */
export const Card = memo(function Card({ data, selected }: Shown) {
  return (
    <Boundary of={data} instead={<Unreadable data={data} selected={selected} />}>
      <Readable data={data} selected={selected} />
    </Boundary>
  );
}, isAlike);

/** A node whose settings cannot be told: where it stands, that something is wrong with it, and its ways out. */
function Unreadable({ data: { node, ports }, selected }: Shown) {
  const t = useT("designer");
  const title = useTitle()(node);
  const { width, height } = sizeOf(node, portsOf);
  return (
    <div
      className={classes.card}
      data-family={familyOf(node.kind)}
      data-selected={selected || undefined}
      data-worst="error"
      style={{ width, height }}
      data-testid={`node-${node.id}`}
      data-kind={node.kind}
    >
      <Outline family={familyOf(node.kind)} width={width} height={height} />
      <div className={classes.body}>
        <span className={classes.icon}>
          <Icon name="warning" size={20} />
        </span>
        <div className={classes.words}>
          <div className={classes.title}>{title}</div>
          <div className={classes.line}>{t("unreadable.step")}</div>
        </div>
      </div>
      <Ways node={node} ports={ports} name={title} isSelected={selected} />
    </div>
  );
}

/** The card's shape, and where lines come in. */
function Outline({ family, width, height }: { family: Family; width: number; height: number }) {
  const outline = silhouette(family, width, height);
  return (
    <>
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
    </>
  );
}

function Readable({ data: { node, ports, mark, isLoose }, selected }: Shown) {
  const family = familyOf(node.kind);
  const { width, height } = sizeOf(node, portsOf);
  const title = useTitle()(node);
  const name = useName()(node);
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
  return (
    <div
      className={classes.card}
      data-family={family}
      data-selected={selected || undefined}
      data-worst={worst}
      data-mark={mark}
      data-loose={isLoose || undefined}
      style={{ width, height }}
      data-testid={`node-${node.id}`}
      data-kind={node.kind}
    >
      <Outline family={family} width={width} height={height} />
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
              {name === title ? (
                title
              ) : (
                <>
                  <span className={classes.near}>{title}</span>
                  <span className={classes.called} aria-hidden>
                    {name}
                  </span>
                </>
              )}
            </div>
            <Line node={node} />
            {isLive && <LiveStrip node={node} title={name} count={count} />}
          </div>
        </div>
      )}
      {family === "end" && isLive && <LiveStrip node={node} title={name} count={count} isSmall />}
      {isLive && <MessageStrip node={node} title={name} isBelowNames={ports.length > 1} />}
      {worst && (
        <span
          className={classes.problem}
          data-severity={worst}
          title={problems.map((problem) => problem.says).join("\n")}
        >
          <Icon name="warning" size={12} stroke={2.2} />
        </span>
      )}
      {isLoose && <Loose />}
      {mode === "compare" && <Mark node={node.id} mark={mark} />}
      <Tag node={node.id} />
      {node.note && <span className={classes.note} title={node.note} role="img" aria-label={node.note} />}
      <Ways node={node} ports={ports} name={name} isSelected={selected} />
    </div>
  );
}

/** Members do not come here: nothing leads here from the trigger. */
function Loose() {
  return <span className={classes.loose}>{useT("designer")("outlineLoose")}</span>;
}

/** The icon; a wait shows its time in large figures instead. */
function Figure({ node }: { node: JourneyNode }) {
  const say = useSay();
  const duration = Object.values(saysOf(node).values).find((value) => value.as === "duration");
  const span = familyOf(node.kind) === "wait" && duration?.as === "duration" ? readSpan(duration.duration) : undefined;
  if (!span)
    return (
      <span className={classes.icon}>
        <Icon name={iconOfNode(node)} size={20} />
      </span>
    );
  return (
    <span className={classes.time}>
      <b>{span.count}</b>
      <small>{say(unitName(span.unit, span.count))}</small>
    </span>
  );
}

function Line({ node }: { node: JourneyNode }) {
  const pieces = useSays()(node);
  return (
    <div className={classes.line} title={pieces.map((piece) => piece.text).join("")}>
      {pieces.map((piece, i) =>
        piece.isValue ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no identity but their place
          <b key={i} dir="auto">
            {piece.text}
          </b>
        ) : (
          piece.text
        ),
      )}
    </div>
  );
}
