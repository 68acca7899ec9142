"use client";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { focusCard, leadsBackTo } from "../canvas/focus";
import { nodeOf } from "../edit/place";
import inspector from "../inspector/inspector.module.css";
import { PanelHead } from "../inspector/panel-head";
import { familyOf, iconOfNode, kindOf } from "../kinds";
import { useSay } from "../shelf";
import { type DesignerState, drawn, isFixed } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import type { NodeMark } from "./both";
import { ChangeLines, changesOf } from "./change";
import classes from "./compare.module.css";
import { useFate } from "./use-fate";
import { useParts } from "./use-parts";

/** A step that is looked at: what it does in plain words and, where two versions are compared, what was different before. */
export function Facts() {
  const { select } = useEditor();
  const node = useDesigner((state) =>
    state.selected.length === 1 ? nodeOf(drawn(state), state.selected[0] ?? "") : undefined,
  );
  const mark = useDesigner((state) => state.shown?.marks?.nodes.get(node?.id ?? ""));
  const isOn = useDesigner((state) => isFixed(state) && state.mode !== "live" && !isPanelBeside(state));
  if (!isOn || !node) return null;
  const close = () => {
    focusCard(node.id);
    select([]);
  };
  return <Sheet key={node.id} node={node} mark={mark} onClose={close} />;
}

/** The list of problems stands on the other side. */
const isPanelBeside = ({ panel }: DesignerState): boolean => panel === "settings" || panel === "versions";

function Sheet({ node, mark, onClose }: { node: JourneyNode; mark: NodeMark | undefined; onClose(): void }) {
  const t = useT("designerCompare");
  const d = useT("designer");
  const say = useSay();
  const nameOf = useName();
  const fate = useFate()(node.id);
  const isComparing = useDesigner((state) => state.mode === "compare");
  const kind = kindOf(node.kind);
  const before = mark?.is === "changed" ? mark.before : undefined;
  return (
    <aside
      className={inspector.panel}
      data-inspector
      data-family={familyOf(node.kind)}
      aria-label={d("node.settings")}
      data-testid="facts"
      onKeyDown={leadsBackTo(node.id)}
    >
      <PanelHead
        icon={<Icon name={iconOfNode(node)} size={18} />}
        title={nameOf(node)}
        about={kind ? say(kind.name) : d("node.unknown")}
        onClose={onClose}
      />
      <div className={inspector.body}>
        {isComparing && (
          <p className={classes.verdict} data-mark={mark?.is}>
            {mark === undefined ? t("unchanged") : mark.is === "changed" ? t("mark.changed") : t(`${mark.is}Here`)}
          </p>
        )}
        {fate && <p className={classes.fate}>{fate}</p>}
        <Fields node={node} before={before} />
      </div>
    </aside>
  );
}

function Fields({ node, before }: { node: JourneyNode; before: JourneyNode | undefined }) {
  const parts = useParts()(node, before);
  const t = useT("designerCompare");
  const shown = before
    ? parts.filter((part) => changesOf(part.before, part.after).length > 0)
    : parts.filter((part) => part.after.length > 0);
  return (
    <dl className={classes.facts}>
      {shown.map((part) => (
        <div key={part.key} data-testid={`fact-${part.key}`}>
          <dt>{part.label}</dt>
          <dd>
            {before ? (
              <ChangeLines changes={changesOf(part.before, part.after)} />
            ) : (
              part.after.map(({ key, name, text }) => (
                <div key={key} className={classes.change}>
                  {name && <span className={classes.name}>{name}</span>}
                  <p className={classes.words}>{text}</p>
                </div>
              ))
            )}
          </dd>
        </div>
      ))}
      {shown.length === 0 && <p className={classes.none}>{t("none")}</p>}
    </dl>
  );
}
