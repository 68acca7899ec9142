"use client";
import { Handle, Position } from "@xyflow/react";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../../_i18n/use-t";
import { placeKey } from "../../edit/place";
import { portOffset } from "../../geometry/size";
import { portsOf } from "../../kinds";
import { useSay } from "../../shelf";
import { isFixed } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import type { CardPort } from "../flow/cards";
import classes from "./way.module.css";

/** A card's ways out: those that lead on, those that are open, and behind one button those that seldom happen. */
export function Ways({
  node,
  ports,
  name,
  isSelected,
}: {
  node: JourneyNode;
  ports: CardPort[];
  /** What the step is called. */
  name: string;
  isSelected: boolean;
}) {
  const isEditing = !useDesigner(isFixed);
  const seldom = ports.filter(({ isOpen, folded, isRare }) => isOpen && folded === undefined && isRare);
  const isGathered = seldom.length > 1;
  return (
    <>
      {ports.map((port) => (
        <Way
          key={port.id}
          node={node}
          port={port}
          title={name}
          isAlone={ports.length === 1}
          isSelected={isSelected}
          isGathered={isGathered && seldom.includes(port)}
          isEditing={isEditing}
        />
      ))}
      {isGathered && isEditing && (
        <Others
          node={node}
          ports={seldom}
          title={name}
          isAtLeft={ports.some(({ isRare, isOpen }) => isRare && !isOpen)}
          isSelected={isSelected}
        />
      )}
    </>
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

/** A way out: where its line begins, the button of its folded branch, or the "+" that it is open at. */
function Way({ node, port, isAlone, ...rest }: WayProps) {
  const left = `${portOffset(node, port.id, portsOf) * 100}%`;
  if (port.folded === undefined && port.isOpen)
    return <OpenWay node={node} port={port} isAlone={isAlone} left={left} {...rest} />;
  return (
    <>
      <Handle
        {...OUT}
        id={port.id}
        className={classes.out}
        data-tone={port.tone}
        data-quiet={port.folded === undefined ? port.isRare : undefined}
        style={{ left }}
        aria-hidden
      />
      {port.folded !== undefined && (
        <Folded node={node} port={port} count={port.folded} isAlone={isAlone} title={rest.title} left={left} />
      )}
    </>
  );
}

const OUT = { type: "source", position: Position.Bottom, isConnectableEnd: false } as const;

/** A way that leads nowhere yet ends in a "+", which is clicked to add a step or dragged to a card to connect. */
function OpenWay({ node, port, title, isAlone, isSelected, isGathered, isEditing, left }: WayProps & { left: string }) {
  const t = useT("designer");
  const say = useSay();
  const { store } = useEditor();
  const isAimed = useDesigner((state) => state.aim?.place.from === node.id && state.aim.place.port === port.id);
  const name = say(port.name);
  const label = isAlone ? t("addAfter", { name: title }) : t("addAfterPort", { name: title, port: name });
  const pick = () => store.setState({ picking: { place: { from: node.id, port: port.id } } });
  return (
    <div
      className={classes.way}
      data-quiet={port.isRare}
      data-shown={(isSelected && !isGathered) || undefined}
      data-gathered={isGathered || undefined}
      data-hidden={!isEditing || undefined}
      data-aimed={isAimed || undefined}
      data-tone={port.tone}
      style={{ left }}
    >
      <span className={classes.stub} aria-hidden />
      {!isAlone && (
        <span className={classes.label} data-tone={port.tone} aria-hidden>
          {name}
        </span>
      )}
      <Handle
        {...OUT}
        id={port.id}
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
  isAlone,
  left,
}: {
  node: JourneyNode;
  port: CardPort;
  /** What the step is called. */
  title: string;
  count: number;
  isAlone: boolean;
  left: string;
}) {
  const c = useT("designerCanvas");
  const say = useSay();
  const { store } = useEditor();
  const key = placeKey({ from: node.id, port: port.id });
  const way = say(port.name);
  return (
    <div className={classes.way} data-tone={port.tone} style={{ left }}>
      <button
        type="button"
        className={`${classes.folded} nodrag nopan`}
        aria-label={c("unfoldHere", { name: isAlone ? title : `${title} · ${way}` })}
        data-testid={`folded-${key}`}
        onClick={(event) => {
          event.stopPropagation();
          store.setState(({ folded }) => ({ folded: folded.filter((one) => one !== key) }));
        }}
      >
        {!isAlone && <span>{way}</span>}
        <b>{c("folded", { count })}</b>
      </button>
    </div>
  );
}
