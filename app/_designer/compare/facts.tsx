"use client";
import { ActionIcon } from "@mantine/core";
import type { JourneyNode } from "@/core/journey/document";
import { type ConfigField, fieldsOf } from "@/core/journey/parts/field";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { nodeOf } from "../edit/place";
import inspector from "../inspector/inspector.module.css";
import { familyOf, iconOf, kindOf } from "../kinds";
import { useSay } from "../shelf";
import { drawn } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useTitle } from "../use-says";
import type { NodeMark } from "./both";
import { ChangeLines, changesOf } from "./change";
import classes from "./compare.module.css";
import { useFate } from "./use-fate";
import { type Line, useFieldLines } from "./use-field-lines";

/** A step that is looked at: what it does in plain words and, where two versions are compared, what was different before. */
export function Facts() {
  const { select } = useEditor();
  const node = useDesigner((state) =>
    state.selected.length === 1 ? nodeOf(drawn(state), state.selected[0] ?? "") : undefined,
  );
  const mark = useDesigner((state) => state.shown?.marks?.nodes.get(node?.id ?? ""));
  const isOn = useDesigner(
    (state) => (state.mode === "compare" || state.mode === "version") && state.panel === undefined,
  );
  if (!isOn || !node) return null;
  return <Sheet key={node.id} node={node} mark={mark} onClose={() => select([])} />;
}

function Sheet({ node, mark, onClose }: { node: JourneyNode; mark: NodeMark | undefined; onClose(): void }) {
  const t = useT("designerCompare");
  const d = useT("designer");
  const say = useSay();
  const titleOf = useTitle();
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
    >
      <header className={inspector.head}>
        <span className={inspector.icon}>
          <Icon name={iconOf(node.kind)} size={18} />
        </span>
        <div className={inspector.names}>
          <b className={classes.heading}>{titleOf(node)}</b>
          <span className={inspector.about}>{kind ? say(kind.name) : d("node.unknown")}</span>
        </div>
        <ActionIcon data-skip variant="subtle" color="gray" aria-label={d("node.closed")} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </header>
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

type Part = { key: string; label: string; before: Line[]; after: Line[] };

function Fields({ node, before }: { node: JourneyNode; before: JourneyNode | undefined }) {
  const parts = useParts(node, before);
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

/** Every field of the step's form and of its earlier self's, with what each says. */
function useParts(node: JourneyNode, before: JourneyNode | undefined): Part[] {
  const t = useT("designerCompare");
  const say = useSay();
  const tell = useFieldLines();
  const nameOf = (kind: string) => say(kindOf(kind)?.name ?? { en: kind, "zh-CN": kind });
  const one = (text: string | undefined): Line[] => (text ? [{ key: "", text }] : []);
  const isOther = before !== undefined && before.kind !== node.kind;
  const fields = [...formOf(node.kind), ...(isOther ? formOf(before.kind) : [])];
  return [
    ...(isOther
      ? [{ key: "kind", label: t("kind"), before: one(nameOf(before.kind)), after: one(nameOf(node.kind)) }]
      : []),
    { key: "title", label: t("title"), before: one(before?.title), after: before ? one(node.title) : [] },
    ...fields
      .filter(({ name }, i) => fields.findIndex((field) => field.name === name) === i)
      .map(({ name, meta }) => ({
        key: name,
        label: say(meta.label),
        before: tell(meta, before?.config[name]),
        after: tell(meta, node.config[name]),
      })),
    { key: "note", label: t("note"), before: one(before?.note), after: one(node.note) },
  ];
}

function formOf(kind: string): ConfigField[] {
  const found = kindOf(kind);
  return found ? fieldsOf(found.config) : [];
}
